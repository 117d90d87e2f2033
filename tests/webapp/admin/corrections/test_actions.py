"""What an operator does to corrections, and that it is written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.webapp.admin.conftest import MakeApp, signed_in
from tests.webapp.corrections.conftest import ADDRESS, Correct, correction, kept
from webapp.admin.corrections import actions
from webapp.audit.tables import AuditLine

PAGE = "/admin/corrections"
Do = Callable[..., str]


@pytest.fixture
def do(operator_client: FlaskClient) -> Do:
    """Sends a form and returns the page that follows: ``do("accept", id=...)``."""

    def send(action: str, **form: Any) -> str:
        answer = operator_client.post(f"{PAGE}/{action}", data=form, follow_redirects=True)
        assert answer.status_code == 200
        return answer.text

    return send


def log(app: APIFlask) -> list[tuple[str, str, dict[str, Any]]]:
    with app.extensions["net"].database.reading() as session:
        lines = session.scalars(select(AuditLine).order_by(AuditLine.id))
        return [(line.action, line.subject, line.details) for line in lines]


@pytest.mark.parametrize(
    ("action", "state"), [("accept", "accepted"), ("reject", "rejected"), ("reopen", "waiting")]
)
def test_what_is_said_of_a_correction_is_kept_and_written_down(
    app: APIFlask, correct: Correct, do: Do, action: str, state: str
) -> None:
    one = correct()["id"]

    page = do(action, id=one)

    (found,) = kept(app)
    assert (found.state, found.reviewed_by) == (state, "operator")
    assert found.reviewed_at is not None
    assert "1 drawing " in page
    assert log(app) == [(f"correction.{action}", one, {"number": 1, "ids": [one]})]


def test_several_are_accepted_at_once(app: APIFlask, correct: Correct, do: Do) -> None:
    ids = [correct()["id"] for _ in range(3)]

    page = do("accept", id=ids[:2])

    assert sorted(one.state for one in kept(app)) == ["accepted", "accepted", "waiting"]
    assert "2 drawings were accepted." in page


@pytest.mark.parametrize("action", ["accept", "relabel"])
def test_what_is_gone_meanwhile_is_said_to_be(
    app: APIFlask, correct: Correct, do: Do, action: str
) -> None:
    correct()

    page = do(action, id="a" * 32, label="1")

    assert '<p class="flash">This drawing is not there any more' in page
    assert [one.state for one in kept(app)] == ["waiting"]
    assert log(app) == []


@pytest.mark.parametrize("ids", [[], ["\0" * 32], ["'; DROP TABLE corrections"]])
def test_without_a_correction_that_is_there_nothing_happens(
    app: APIFlask, correct: Correct, do: Do, ids: list[str]
) -> None:
    correct()

    page = do("accept", id=ids)

    assert "choose a correction first" in page
    assert [one.state for one in kept(app)] == ["waiting"]
    assert log(app) == []


def test_an_operator_s_label_counts_and_the_given_one_is_still_shown(
    app: APIFlask, correct: Correct, do: Do
) -> None:
    one = correct(label="7")["id"]

    page = do("relabel", id=one, label="1")

    (found,) = kept(app)
    assert (found.label, found.given_label, found.state) == ("1", "7", "accepted")
    assert "given as 7" in page
    assert log(app) == [("correction.relabel", one, {"label": "1"})]


def test_an_operator_may_say_that_it_is_no_digit(app: APIFlask, correct: Correct, do: Do) -> None:
    one = correct(label="7")["id"]

    page = do("relabel", id=one, label="", none="yes")

    assert [one.label for one in kept(app)] == [""]
    assert "Accepted as not a digit." in page


@pytest.mark.parametrize("label", ["", "x", "<b>1</b>", "1" * 33])
def test_a_label_that_is_none_changes_nothing(
    app: APIFlask, correct: Correct, do: Do, label: str
) -> None:
    page = do("relabel", id=correct()["id"], label=label)

    assert "Nothing was changed" in page
    assert "<b>1" not in page
    assert [(one.label, one.state) for one in kept(app)] == [("7", "waiting")]


def test_what_is_removed_is_gone_with_its_drawing_once_that_is_sure(
    app: APIFlask, correct: Correct, do: Do
) -> None:
    one = correct()["id"]

    unsure = do("remove", id=one)
    left = len(kept(app))
    sure = do("remove", id=one, confirmed="yes")

    assert ("tick that you are sure" in unsure, left) == (True, 1)
    assert "1 drawing was removed." in sure
    assert kept(app) == []
    assert log(app) == [("correction.remove", one, {"number": 1, "ids": [one]})]


@pytest.mark.parametrize("target", ["//elsewhere.example", "https://elsewhere.example", "/about"])
def test_one_comes_back_to_the_page_and_nowhere_else(
    operator_client: FlaskClient, correct: Correct, target: str
) -> None:
    form = {"id": correct()["id"], "next": target}

    elsewhere = operator_client.post(f"{PAGE}/accept", data=form)
    back = operator_client.post(f"{PAGE}/accept", data={**form, "next": f"{PAGE}?label=7&page=2"})

    assert elsewhere.location == f"{PAGE}#list"
    assert back.location == f"{PAGE}?label=7&page=2#list"


def test_the_current_run_is_asked_and_its_readings_counted(
    admin_app: MakeApp, released_models: Path
) -> None:
    app = admin_app(released_models)
    stranger, operator = FlaskClient(app), signed_in(app, "operator")
    ids = [stranger.post(ADDRESS, json=correction(label=label)).json["id"] for label in "7147"]
    operator.post(f"{PAGE}/accept", data={"id": ids[:2]})
    operator.post(f"{PAGE}/reject", data={"id": ids[2]})

    page = operator.post(f"{PAGE}/ask", follow_redirects=True).text
    shown = {
        reading: operator.get(f"{PAGE}?reading={reading}").text.count('class="card"')
        for reading in ("right", "wrong", "unasked")
    }

    assert "was asked about every drawing" in page
    assert "reads 1 of 2 accepted drawings as corrected" in page
    assert "1 of 2" in page
    assert shown == {"right": 2, "wrong": 1, "unasked": 1}
    assert "Ask the current run about" not in page  # the rejected one is asked about by nobody


def test_a_drawing_that_was_given_anew_is_asked_about_anew(
    admin_app: MakeApp, released_models: Path
) -> None:
    app = admin_app(released_models)
    stranger, operator = FlaskClient(app), signed_in(app, "operator")
    stranger.post(ADDRESS, json=correction(prediction="a" * 32))
    operator.post(f"{PAGE}/ask")

    stranger.post(ADDRESS, json=correction(prediction="a" * 32, label="1"))

    assert "Ask the current run about 1 drawing" in operator.get(PAGE).text


def test_the_asking_goes_on_where_it_ended(
    admin_app: MakeApp, released_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "ASK_SECONDS", 0)
    monkeypatch.setattr("webapp.corrections.readings._BATCH", 2)
    app = admin_app(released_models)
    stranger, operator = FlaskClient(app), signed_in(app, "operator")
    for _ in range(3):
        stranger.post(ADDRESS, json=correction())

    first, second = (operator.post(f"{PAGE}/ask", follow_redirects=True).text for _ in range(2))

    assert "Asked about 2 drawings; 1 are left." in first
    assert "was asked about every drawing" in second


def test_without_a_run_nobody_can_be_asked(app: APIFlask, correct: Correct, do: Do) -> None:
    correct()

    page = do("ask")

    assert "No model is being served yet." in page
    assert "Ask the current run about" not in page
