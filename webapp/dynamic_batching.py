"""Dynamic batching: ask the network at once about drawings that have come at the same time.

Whoever has several requests to answer in one thread lets each run up to its question, asks all
the questions together, and lets each go on with its answer: :func:`answer_in_batch`.  Together a
drawing takes two thirds of the time that it takes alone (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import structlog
from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]

from recognizer.errors import RecognizerError
from recognizer.prediction import Prediction
from recognizer.strokes import Drawing
from webapp.protocols import RecognizesDigits

_Answer = TypeVar("_Answer")
_log = structlog.get_logger()


class _Answering(greenlet):  # type: ignore[misc]
    """A request of a batch, which waits at its question for those of the others."""


def recognize_in_batch(recognizer: RecognizesDigits, drawing: Drawing) -> Prediction:
    """Answer one drawing, together with the others of the batch that its request is of, if any.

    Raises:
        NoModelError: there is no run to ask.
    """
    current = getcurrent()
    told: Prediction | None = None
    if isinstance(current, _Answering):
        told = current.parent.switch(recognizer, drawing)
    return told or recognizer.recognize(drawing)


def answer_in_batch(answers: Sequence[Callable[[], _Answer]]) -> list[_Answer]:
    """Call functions that may each ask about one drawing; returns what each returned.

    What goes wrong with the drawings together is tried again with each alone, so that one that
    cannot be read takes no other's answer away.

    Args:
        answers: they all ask the same recogniser.
    """
    if len(answers) == 1:
        return [answers[0]()]
    greenlets = [_Answering(answer) for answer in answers]
    told = [one.switch() for one in greenlets]  # its result, or its question
    waiting = [place for place, one in enumerate(greenlets) if one]
    for place, prediction in zip(waiting, _ask([told[place] for place in waiting]), strict=True):
        told[place] = greenlets[place].switch(prediction)
    return told


def _ask(
    questions: Sequence[tuple[RecognizesDigits, Drawing]],
) -> Sequence[Prediction | None]:
    alone = [None] * len(questions)
    if len(questions) < 2:
        return alone
    try:
        return questions[0][0].recognize_all([drawing for _, drawing in questions])
    except RecognizerError:  # as that there is no run: each meets it alone, where it is told
        return alone
    except Exception as error:  # it may be one drawing's, or that of asking together
        _log.warning("drawings that came together are asked about alone", exc_info=error)
        return alone
