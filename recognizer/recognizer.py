"""Answer drawings and pictures: ink to candidates, outputs for them, a verdict.

The one place where reading, network and verdict meet.  Where drawings come from and what becomes
of the answers is for the callers.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from recognizer.cascade import PLAIN
from recognizer.errors import DrawingError, PictureError
from recognizer.explanations.explaining import (
    expect_digit,
    expect_explainer,
    explain_ink,
    explain_strokes,
)
from recognizer.explanations.explanation import Explanation
from recognizer.numbers.reading import read_all_strokes, read_strokes
from recognizer.photos.reading import PictureReading, read_picture
from recognizer.prediction import DigitAnswer, ModelName, Prediction
from recognizer.reading import ReadDigit, Reading
from recognizer.runs.calibration import Thresholds
from recognizer.runs.loaded_run import LoadedRun
from recognizer.strokes import Drawing, Mode
from recognizer.verdicts import judge


class RunSource(Protocol):
    """Knows the run that shall answer: a registry, or a loaded run itself."""

    def current(self) -> LoadedRun:
        """The run to ask now; raises NoModelError when there is none."""


class Recognizer:
    """Recognises drawings and pictures with the run that is current when they come."""

    def __init__(self, registry: RunSource) -> None:
        self._registry = registry

    def recognize(self, drawing: Drawing) -> Prediction:
        """Answer one drawing.

        Raises:
            NoModelError: there is no run to ask.
        """
        run = self._registry.current()
        strokes = [stroke.points for stroke in drawing.strokes]
        reading = read_strokes(strokes, run.ask_drawings, drawing.mode, run.grouping)
        return _tell(run, drawing, reading)

    def recognize_all(self, drawings: Sequence[Drawing]) -> list[Prediction]:
        """Answer drawings, all by the same run; cheaper than one by one.

        Raises:
            NoModelError: there is no run to ask.
        """
        run = self._registry.current()
        strokes = [
            ([stroke.points for stroke in drawing.strokes], drawing.mode) for drawing in drawings
        ]
        readings = read_all_strokes(strokes, run.ask_drawings, run.grouping)
        return [_tell(run, *pair) for pair in zip(drawings, readings, strict=True)]

    def recognize_picture(
        self, content: bytes, mode: Mode = "auto", *, images: bool = True
    ) -> Prediction:
        """Answer a picture: a photo, a scan, a screenshot, a digit of MNIST's.

        Args:
            content: of the file, PNG, JPEG, WebP, BMP or GIF.
            mode: what is looked for.
            images: whether the answer shall hold a picture of each digit.

        Raises:
            NoModelError: there is no run to ask.
            PictureError: the file is too large, of another kind, or damaged.
        """
        run = self._registry.current()
        reading = _as_reading(read_picture(content, run.ask_pictures, mode))
        return _answer(run, run.picture_thresholds, mode, reading, images)

    def explain(self, drawing: Drawing, digit: int = 0) -> Explanation:
        """Answer one drawing by the float network alone, and tell how one digit came about.

        The quick network is not asked: what answers is what is explained.

        Args:
            drawing: to be answered.
            digit: which of the answer's digits is explained, from 0.

        Raises:
            NoModelError: there is no run to ask.
            CannotExplainError: its run cannot explain its answers.
            DrawingError: the answer has no such digit.
        """
        run = self._registry.current().exact
        expect_explainer(run, run.drawing_explainer)
        strokes = [stroke.points for stroke in drawing.strokes]
        reading = read_strokes(strokes, run.ask_drawings, drawing.mode, run.grouping)
        prediction = _tell(run, drawing, reading)
        expect_digit(prediction, digit, DrawingError)
        return explain_strokes(run, drawing, prediction, digit)

    def explain_picture(
        self, content: bytes, mode: Mode = "auto", digit: int = 0, *, images: bool = True
    ) -> Explanation:
        """Answer a picture, and tell how one digit came about; see :meth:`recognize_picture`.

        Args:
            content: of the file, as :meth:`recognize_picture` takes it.
            mode: what is looked for.
            digit: which of the answer's digits is explained, from 0.
            images: whether the answer shall hold a picture of each digit.

        Raises:
            NoModelError: there is no run to ask.
            CannotExplainError: its run cannot explain its answers.
            PictureError: the file cannot be read, or the answer has no such digit.
        """
        run = self._registry.current()
        expect_explainer(run, run.explainer)
        reading = _as_reading(read_picture(content, run.ask_pictures, mode))
        prediction = _answer(run, run.picture_thresholds, mode, reading, images)
        expect_digit(prediction, digit, PictureError)
        return explain_ink(run, reading.digits[digit].ink, prediction, digit, images)


def _tell(run: LoadedRun, drawing: Drawing, reading: Reading) -> Prediction:
    reading = _guess_exactly(run, drawing, reading)
    return _answer(run, run.thresholds, drawing.mode, reading, drawing.images)


def _guess_exactly(run: LoadedRun, drawing: Drawing, reading: Reading) -> Reading:
    """Ask which digits plain refusals look like: the quick network knows that they are none."""
    refused = [at for at, one in enumerate(reading.digits) if one.digitness <= 1 - PLAIN]
    if not refused or run.exact is run:
        return reading
    digits = list(reading.digits)
    strokes = [[drawing.strokes[stroke].points for stroke in digits[at].strokes] for at in refused]
    _, outputs = run.exact.ask_drawings(strokes)
    for at, probabilities in zip(refused, outputs.probabilities, strict=True):
        digits[at] = replace(digits[at], probabilities=probabilities)
    return replace(reading, digits=tuple(digits))


def _as_reading(reading: PictureReading) -> Reading:
    outputs = reading.outputs
    digits = zip(
        reading.boxes,
        reading.inks,
        outputs.probabilities,
        outputs.digitness.tolist(),
        strict=True,
    )
    return Reading(
        tuple(ReadDigit((), *one) for one in digits), reading.left_out, outputs.can_refuse
    )


def _answer(
    run: LoadedRun, thresholds: Thresholds, mode: Mode, reading: Reading, images: bool
) -> Prediction:
    judgement = judge(reading, thresholds, mode)
    return Prediction(
        secrets.token_hex(16),
        judgement.verdict,
        "" if judgement.verdict == "not_a_digit" else reading.text,
        judgement.confidence,
        tuple(_digits(reading, images, judgement.doubtful)),
        ModelName(run.name, run.recipe),
        reading.left_out,
    )


def _digits(reading: Reading, images: bool, doubtful: frozenset[int]) -> Iterator[DigitAnswer]:
    for place, one in enumerate(reading.digits):
        yield DigitAnswer(
            one.digit,
            one.confidence,
            tuple(one.probabilities.tolist()),
            one.strokes,
            one.box,
            one.ink if images else None,
            one.digitness if reading.can_refuse else None,
            place in doubtful,
        )
