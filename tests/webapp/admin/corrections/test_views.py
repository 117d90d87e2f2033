"""What the page of the corrections shows, and what it makes of what strangers sent."""

from __future__ import annotations

import re

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.postgresql_server import PostgresqlServer
from tests.webapp.admin.conftest import MakeApp, signed_in
from tests.webapp.corrections.conftest import ADDRESS, ANSWER, Correct, correction

PAGE = "/admin/corrections"


def labels(page: str) -> list[str]:
    return re.findall(r'<p class="label">(.*?)</p>', page)


def test_an_empty_page_says_what_to_do(operator_client: FlaskClient) -> None:
    page = operator_client.get(PAGE).text

    assert "Nobody has corrected an answer yet." in page
    assert 'href="/"' in page


def test_a_correction_is_shown_with_its_drawing_and_what_was_answered(
    correct: Correct, viewer_client: FlaskClient
) -> None:
    correct()

    page = viewer_client.get(PAGE).text

    assert labels(page) == ["7"]
    assert "answered: 1, 93%" in page
    assert ANSWER["run"] in page
    assert page.count("<path d=") - page.count("<path d=", 0, page.index("cards")) == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["", "42", "7", "1"]),
        ("?sort=oldest", ["1", "7", "42", ""]),
        ("?sort=surest", ["7", "42", "1", ""]),
        ("?sort=least_sure", ["1", "42", "7", ""]),
        ("?label=7", ["7"]),
        ("?label=number", ["42"]),
        ("?label=none", [""]),
        ("?answer=3", ["42", "7"]),
        ("?answer=number", ["1"]),
        ("?answer=none", [""]),
        ("?run=other", ["1"]),
        ("?verdict=not_a_digit", [""]),
        ("?state=waiting", ["", "42", "7", "1"]),
        ("?origin=practice", ["42"]),
        ("?origin=correction", ["", "7", "1"]),
        ("?state=accepted", []),
        ("?since=2020-01-01&until=2999-12-31", ["", "42", "7", "1"]),
        ("?until=2020-01-01", []),
        ("?since=9999-12-31&until=9999-12-31", []),
        ("?label=7&answer=3&state=waiting", ["7"]),
        ("?label=x&state=x&since=x&until=2020-99-99&verdict=%00&run=%00&sort=x&page=x",
         ["", "42", "7", "1"]),
    ],
)  # fmt: skip
def test_the_address_says_which_are_shown(
    correct: Correct, operator_client: FlaskClient, query: str, expected: list[str]
) -> None:
    correct(
        label="1", answer={"text": "17", "verdict": "number", "run": "other", "confidence": 0.1}
    )
    correct(label="7", answer={"text": "3", "verdict": "digit", "confidence": 0.9})
    correct(
        label="42", answer={"text": "3", "verdict": "digit", "confidence": 0.8}, origin="practice"
    )
    correct(label="", answer={"text": "", "verdict": "not_a_digit"})

    answer = operator_client.get(PAGE + query)

    assert answer.status_code == 200
    assert labels(answer.text) == [label or "not a digit" for label in expected]


def test_both_ends_of_a_span_of_days_belong_to_it(
    correct: Correct, operator_client: FlaskClient
) -> None:
    correct()
    (day,) = re.findall(r'<time datetime="([\d-]+)T', operator_client.get(PAGE).text)

    assert labels(operator_client.get(f"{PAGE}?since={day}&until={day}").text) == ["7"]


def test_many_are_shown_a_page_at_a_time(correct: Correct, operator_client: FlaskClient) -> None:
    for number in range(30):
        correct(label=str(number))

    first, second = (operator_client.get(f"{PAGE}?sort=oldest&page={n}").text for n in (1, 2))

    assert labels(first) + labels(second) == [str(number) for number in range(30)]
    assert "Page 2 of 2" in second
    assert "sort=oldest" in re.findall(r'href="([^"]*)" rel="prev"', second)[0]


def test_they_are_counted_by_digit_and_by_run(
    correct: Correct, operator_client: FlaskClient
) -> None:
    ids = [correct(label=label)["id"] for label in ("7", "7", "1")]
    correct(label="7", answer=None)
    operator_client.post(f"{PAGE}/accept", data={"id": ids[0]})
    operator_client.post(f"{PAGE}/reject", data={"id": ids[2]})

    page = operator_client.get(PAGE).text

    tables = [
        re.sub(r"<[^>]+>|\s+", " ", table).split()
        for table in re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    ]
    assert tables[0] == ["1", "1", "0", "0", "1", "7", "3", "2", "1", "0"]
    assert tables[1] == [ANSWER["run"], "3", "1", "1", "1", "not", "said", "1", "1", "0", "0"]


@pytest.mark.parametrize(
    "strokes",
    [
        [{"x": [5], "y": [5]}],
        [{"x": [], "y": []}, {"x": [1e300, -1e300], "y": [-1e300, 1e300]}],
        [{"x": [0, 5e-324], "y": [0, 0]}],
        [{"x": [1e300, 1e300], "y": [3, 3]}],
        [{"x": list(range(20_000)), "y": list(range(20_000))}],
    ],
    ids=["a dot", "as large as can be", "as small as can be", "far away", "very many points"],
)
def test_whatever_was_drawn_is_shown_in_its_square(
    correct: Correct, operator_client: FlaskClient, strokes: object
) -> None:
    correct(strokes=strokes)

    page = operator_client.get(PAGE).text

    paths = re.findall(r'<path d="(M[\d ]+L[\d ]*)"></path>', page[page.index("cards") :])
    assert len(paths) == 1
    assert all(0 <= int(number) <= 1000 for number in re.findall(r"\d+", paths[0]))
    assert len(page) < 100_000


def test_a_page_of_corrections_holds_nothing_that_its_security_policy_would_stop(
    correct: Correct, operator_client: FlaskClient
) -> None:
    correct()

    page = operator_client.get(PAGE).text

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*(\ssrc=|application/json))", page)


def test_a_viewer_is_offered_nothing_that_changes(
    correct: Correct, viewer_client: FlaskClient
) -> None:
    correct()

    page = viewer_client.get(PAGE).text

    assert re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', page) == [
        "/language", "/sign-out",
    ]  # fmt: skip


def test_full_and_switched_off_are_said(admin_app: MakeApp) -> None:
    app = admin_app(NET_CORRECTIONS_MOST=1)
    FlaskClient(app).post(ADDRESS, json=correction())
    full = signed_in(app, "viewer").get(PAGE).text
    off = signed_in(admin_app(NET_CORRECTIONS_A_MINUTE=0), "viewer").get(PAGE).text

    assert "There is no room for more" in full
    assert "No corrections are taken at the moment" in off
    assert "There is no room for more" not in off


def test_the_page_works_with_postgresql(
    admin_app: MakeApp, postgresql_server: PostgresqlServer
) -> None:
    app: APIFlask = admin_app(NET_DATABASE_URL=postgresql_server.migrated_database())
    stranger, operator = FlaskClient(app), signed_in(app, "operator")
    one = stranger.post(ADDRESS, json=correction()).json
    stranger.post(ADDRESS, json=correction(label="", answer=None))

    operator.post(f"{PAGE}/accept", data={"id": one["id"]})
    every = "state=accepted&label=7&answer=1&verdict=digit&since=2020-01-01&until=2999-01-01"
    pages = [
        operator.get(f"{PAGE}?{every}&run={ANSWER['run']}&sort={order}").text
        for order in ("newest", "oldest", "surest", "least_sure")
    ]
    removed = operator.post(f"{PAGE}/remove", data={"id": one["id"], "confirmed": "yes"})

    assert [labels(page) for page in pages] == [["7"]] * 4
    assert removed.status_code == 303
    assert labels(operator.get(PAGE).text) == ["not a digit"]
