"""One hour in five is held out of training, and nothing more is kept of who sent what."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.webapp.corrections.conftest import ADDRESS, HELD_OUT, TRAINED_ON, Arrive, Correct, kept
from tests.webapp.corrections.test_export import export, rows
from webapp.corrections.holding_out import is_held_out

_FIRST = datetime(2026, 1, 1, tzinfo=timezone.utc)


def test_all_of_one_hour_share_a_side_and_one_hour_in_five_is_held_out() -> None:
    hours = [_FIRST + timedelta(hours=number) for number in range(24 * 365)]
    shares = [is_held_out(hour) for hour in hours]

    assert shares == [is_held_out(hour + timedelta(minutes=59, seconds=59)) for hour in hours]
    assert 0.18 < sum(shares) / len(shares) < 0.22


def test_the_hour_is_the_same_wherever_the_clock_stands() -> None:
    hanoi = timezone(timedelta(hours=7))

    assert is_held_out(HELD_OUT.astimezone(hanoi))
    assert not is_held_out(TRAINED_ON.astimezone(hanoi))


def test_what_is_exported_to_train_on_is_not_what_is_held_out(
    app: APIFlask, tmp_path: Path, correct: Correct, operator_client: FlaskClient, arrive: Arrive
) -> None:
    trained = correct(label="1")["id"]
    arrive(HELD_OUT)
    held_out = correct(label="2")["id"]
    operator_client.post("/admin/corrections/accept", data={"id": [trained, held_out]})

    export(app, tmp_path / "train.jsonl")
    export(app, tmp_path / "unreviewed.jsonl", "--all-labels", "--unreviewed")
    export(app, tmp_path / "held-out.jsonl", "--held-out")
    page = operator_client.get("/admin/corrections/corrections.jsonl?labels=all").text

    assert [row["label"] for row in rows(tmp_path / "train.jsonl")] == ["1"]
    assert [row["label"] for row in rows(tmp_path / "unreviewed.jsonl")] == ["1"]
    assert [row["label"] for row in rows(tmp_path / "held-out.jsonl")] == ["2"]
    assert (trained in page, held_out in page) == (True, False)


def test_what_is_held_out_can_be_taken_back(
    app: APIFlask, client: FlaskClient, correct: Correct, arrive: Arrive
) -> None:
    arrive(HELD_OUT)
    given = correct()

    answer = client.delete(
        f"{ADDRESS}/{given['id']}", headers={"Authorization": f"Bearer {given['token']}"}
    )

    assert answer.status_code == 204
    assert kept(app) == []


def test_a_correction_that_is_given_anew_is_of_the_hour_in_which_it_came_anew(
    app: APIFlask, correct: Correct, arrive: Arrive
) -> None:
    correct(prediction="a" * 32, label="1")
    arrive(HELD_OUT)
    correct(prediction="a" * 32, label="2")

    (correction,) = kept(app)
    assert (correction.label, correction.is_held_out) == ("2", True)


def test_the_review_says_quietly_which_are_held_out(
    correct: Correct, viewer_client: FlaskClient, arrive: Arrive
) -> None:
    correct()
    before = viewer_client.get("/admin/corrections").text
    arrive(HELD_OUT)
    correct()

    page = viewer_client.get("/admin/corrections").text

    assert before.count("held out of training") == 0
    assert page.count("held out of training") == 1
