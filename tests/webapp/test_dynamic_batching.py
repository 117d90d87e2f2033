from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pytest
from structlog.testing import capture_logs

from recognizer.prediction import Prediction
from recognizer.strokes import Drawing
from tests.webapp.conftest import ANSWER, FakeRecognizer
from webapp.dynamic_batching import answer_in_batch, recognize_in_batch

UNREADABLE = Drawing((), "number")


class NotingRecognizer(FakeRecognizer):
    """Notes what it is asked together, and cannot read one drawing."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_about: list[Sequence[Drawing]] = []

    def recognize(self, drawing: Drawing) -> Prediction:
        return self._tell([drawing])[0]

    def recognize_all(self, drawings: Sequence[Drawing]) -> list[Prediction]:
        return self._tell(drawings)

    def _tell(self, drawings: Sequence[Drawing]) -> list[Prediction]:
        self.asked_about.append(drawings)
        if UNREADABLE in drawings:
            raise ValueError("unreadable")
        return [replace(ANSWER, id=str(id(drawing))) for drawing in drawings]


@pytest.fixture
def recognizer() -> NotingRecognizer:
    return NotingRecognizer()


def _answer(recognizer: NotingRecognizer, drawing: Drawing) -> str:
    try:
        return recognize_in_batch(recognizer, drawing).id
    except ValueError as error:
        return str(error)


def _answers(recognizer: NotingRecognizer, drawings: Sequence[Drawing]) -> list[Callable[[], str]]:
    return [partial(_answer, recognizer, drawing) for drawing in drawings]


def test_each_is_told_what_its_own_drawing_says(recognizer: NotingRecognizer) -> None:
    drawings = [Drawing(()) for _ in range(5)]

    told = answer_in_batch(_answers(recognizer, drawings))

    assert told == [str(id(drawing)) for drawing in drawings]
    assert recognizer.asked_about == [drawings]


def test_what_asks_nothing_takes_no_part(recognizer: NotingRecognizer) -> None:
    drawings = [Drawing(()), Drawing(())]
    first, second = _answers(recognizer, drawings)

    told = answer_in_batch([first, lambda: "refused", second, lambda: "refused, too"])

    assert told[1::2] == ["refused", "refused, too"]
    assert told[::2] == [str(id(drawing)) for drawing in drawings]
    assert recognizer.asked_about == [drawings]


def test_a_drawing_that_cannot_be_read_takes_nobody_s_answer_away(
    recognizer: NotingRecognizer,
) -> None:
    drawings = [Drawing(()), UNREADABLE, Drawing(())]

    with capture_logs() as logs:
        told = answer_in_batch(_answers(recognizer, drawings))

    assert [str(line["exc_info"]) for line in logs] == ["unreadable"]
    assert told == [str(id(drawings[0])), "unreadable", str(id(drawings[2]))]
    assert recognizer.asked_about == [drawings, *([drawing] for drawing in drawings)]


@pytest.mark.parametrize("beside", [[], [lambda: "refused"]])
def test_a_drawing_alone_waits_for_nobody(
    recognizer: NotingRecognizer, beside: list[Callable[[], str]]
) -> None:
    drawing = Drawing(())

    told = answer_in_batch([*_answers(recognizer, [drawing]), *beside])

    assert told[0] == str(id(drawing))
    assert recognizer.asked_about == [[drawing]]


def test_outside_a_batch_a_drawing_is_answered_at_once(recognizer: NotingRecognizer) -> None:
    drawing = Drawing(())

    assert recognize_in_batch(recognizer, drawing).id == str(id(drawing))
