from __future__ import annotations

import ast
import re

import pytest
from apiflask import APIFlask

from tests.webapp.admin.conftest import SignedInClient
from webapp.accounts.audit import record
from webapp.admin.people.actions import ACTIONS
from webapp.audit.lines import write
from webapp.configuration import REPOSITORY


def fill(app: APIFlask) -> None:
    database = app.extensions["net"].database
    write(database, "an", "203.0.113.7", "run.activate", "20261121T000000Z-ink", {"force": "100%"})
    write(database, "binh", "203.0.113.8", "user.add", "chi", {"role": "viewer", "of": "Đặng"})
    write(database, "an", "203.0.113.7", "something.new", "<script>alert(1)</script>")


def shown(client: SignedInClient, query: str = "") -> list[str]:
    page = client.get(f"/admin/people/log{query}")
    assert page.status_code == 200
    body = page.text.partition("<tbody>")[2]
    return re.findall(r'<td class="subject">(.*?)</td>', body)


def test_the_newest_line_comes_first(app: APIFlask, operator_client: SignedInClient) -> None:
    fill(app)

    assert shown(operator_client) == [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "chi",
        "20261121T000000Z-ink",
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?person=an", 2),
        ("?action=user.add", 1),
        ("?person=an&action=user.add", 0),
        ("?q=INK", 1),
        ("?q=%C4%91%E1%BA%B6ng", 1),  # đẶng
        ("?q=203.0.113.8", 1),
        ("?q=viewer", 1),
        ("?q=100%25", 1),
        ("?q=%25", 1),
        ("?q=ink+an", 0),
        ("?q=%27%20OR%201=1--", 0),
        ("?page=999", 3),
        ("?page=-1", 3),
        ("?page=x", 3),
    ],
)
def test_lines_are_found_by_person_action_and_text(
    app: APIFlask, operator_client: SignedInClient, query: str, count: int
) -> None:
    fill(app)

    assert len(shown(operator_client, query)) == count


def test_a_long_log_comes_in_pages(app: APIFlask, operator_client: SignedInClient) -> None:
    database = app.extensions["net"].database
    for number in range(60):
        write(database, "an", "", "run.activate", f"run-{number}")

    first, second = shown(operator_client), shown(operator_client, "?page=2")

    assert [len(first), len(second)] == [50, 10]
    assert (first[0], second[-1]) == ("run-59", "run-0")


def recorded() -> set[str]:
    """Every action that the code records."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (REPOSITORY / "webapp").rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        constant.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "record"
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
        if not constant.value.endswith(".")  # a beginning, to which a job's kind is added
    }


def test_every_action_has_a_name_in_words() -> None:
    assert {action for action in recorded() if action not in ACTIONS} == set()


def test_an_empty_log_says_so(operator_client: SignedInClient) -> None:
    page = operator_client.get("/admin/people/log").text

    assert "Nothing matches. Change or clear the filters." in page


def test_a_line_names_the_command_line_where_there_was_no_request(
    app: APIFlask, operator_client: SignedInClient
) -> None:
    with app.app_context():
        record("user.add", "an", role="viewer", path=app)

    page = operator_client.get("/admin/people/log").text

    assert "command line" in page
    assert "added a user" in page
