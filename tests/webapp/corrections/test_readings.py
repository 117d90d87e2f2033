"""A run is asked about corrections, while another one may be served."""

from __future__ import annotations

from apiflask import APIFlask

from tests.webapp.conftest import ANSWER, FakeRecognizer
from tests.webapp.corrections.conftest import Correct
from webapp.corrections.readings import ask


def test_nobody_is_asked_again_and_again_when_another_run_answers(
    app: APIFlask, correct: Correct
) -> None:
    for label in "12":
        correct(label=label)
    recognizer, database = FakeRecognizer(), app.extensions["net"].database

    other = ask(database, recognizer, "a-run-before", also_waiting=True, seconds=2)
    same = ask(database, recognizer, ANSWER.model.run, also_waiting=True)

    assert (other.asked, other.left) == (2, 2)
    assert (same.asked, same.left, recognizer.asked) == (0, 0, 2)
