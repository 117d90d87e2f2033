"""Who only draws has nothing to do with accounts, and does not notice when they do not work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.webapp.accounts.entrance import add_person, parts_of, sign_in
from tests.webapp.admin.conftest import MakeApp
from webapp.health.probes import probes_of
from webapp.storage.database import Database

PUBLIC = ["/", "/about", "/api/docs", "/api/v1/openapi.json", "/livez", "/favicon.ico",
          "/nowhere", "/static/js/main.js"]  # fmt: skip


class NoDatabase(Database):
    """Fails whoever asks for anything."""

    def __init__(self) -> None:
        super().__init__("sqlite:////nowhere/at/all")

    def prepare(self) -> None:
        pytest.fail("the database was asked")


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_no_cookie_and_no_question_to_the_database(
    app: APIFlask, seven: dict[str, Any], monkeypatch: pytest.MonkeyPatch, is_signed_in: bool
) -> None:
    client = FlaskClient(app)
    if is_signed_in:
        add_person(app)
        sign_in(client)
    parts = parts_of(app)
    monkeypatch.setattr(type(parts.database), "prepare", NoDatabase.prepare)

    answers = [client.get(path) for path in PUBLIC]
    answers.append(client.post("/api/v1/predictions", json=seven))

    assert {answer.status_code for answer in answers} <= {200, 302, 404}
    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[]] * len(answers)
    assert not Path(parts.configuration.instance_folder / "nothing").exists()


def test_what_everybody_gets_alike_may_be_kept_for_everybody(app: APIFlask) -> None:
    client = FlaskClient(app)

    for path in ("/static/js/main.js", "/api/v1/openapi.json", "/livez"):
        assert "Cookie" not in client.get(path).headers.get("Vary", "")


@pytest.fixture
def without_database(admin_app: MakeApp, tmp_path: Path) -> APIFlask:
    """An app whose database cannot be reached until the file ``taken`` is gone."""
    (tmp_path / "taken").write_text("")
    return admin_app(NET_DATABASE_URL=f"sqlite:///{tmp_path}/taken/net.sqlite3")


def test_without_a_database_drawings_are_answered_and_the_admin_says_why_not(
    without_database: APIFlask, seven: dict[str, Any]
) -> None:
    client = FlaskClient(without_database)
    with client.session_transaction("/sign-in") as kept:
        kept["_user_id"] = "some token"

    assert client.post("/api/v1/predictions", json=seven).status_code == 200
    assert client.get("/").status_code == 200
    for path in ("/sign-in", "/admin", "/admin/people", "/set-up/x"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 503, path
        assert "The database does not answer." in answer.text
        assert "<footer" in answer.text
        assert answer.headers["Retry-After"] == "5"


def test_a_database_that_comes_back_is_used_without_a_restart(
    without_database: APIFlask, tmp_path: Path
) -> None:
    client = FlaskClient(without_database)
    assert client.get("/sign-in").status_code == 503

    (tmp_path / "taken").unlink()

    assert client.get("/sign-in").status_code == 200


def test_readiness_warns_of_a_database_that_is_away_and_is_ready_all_the_same(
    without_database: APIFlask,
) -> None:
    client = FlaskClient(without_database)
    client.get("/sign-in")

    probes_of(without_database).database.latest(60)  # the look that no view waits for
    warnings = _warnings(client)

    assert len(warnings) == 1
    assert "admin pages do not answer" in warnings[0]
    assert "taken" not in warnings[0]


def test_a_database_that_nobody_has_needed_yet_is_no_trouble(without_database: APIFlask) -> None:
    probes_of(without_database).database.latest(60)

    assert _warnings(FlaskClient(without_database)) == []


def _warnings(client: FlaskClient) -> list[str]:
    answer = json.loads(client.get("/readyz").data)
    return list(answer["warnings"][1:])  # the first is about the model that is not there
