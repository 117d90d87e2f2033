"""Answer drawings and pictures: ink to candidates, opinions on them, a verdict.

The one place where reading, network and verdict meet.  Where drawings come from and what becomes
of the answers is for the callers.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from recognizer.errors import DrawingError, PictureError
from recognizer.explanations.explaining import (
    expect_digit,
    expect_explainer,
    explain_ink,
    explain_strokes,
)
from recognizer.explanations.explanation import Explanation
from recognizer.numbers.reading import Reading, read_all_strokes, read_strokes
from recognizer.photos.reading import PictureReading, read_picture
from recognizer.prediction import Box, DigitAnswer, ModelName, Prediction
from recognizer.runs.loaded_run import LoadedRun
from recognizer.runs.settlement import Thresholds
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
        reading = read_picture(content, run.ask_pictures, mode)
        return _answer(run, run.picture_thresholds, mode, reading, reading.boxes, images)

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

        Raises:
            NoModelError: there is no run to ask.
            CannotExplainError: its run cannot explain its answers.
            PictureError: the file cannot be read, or the answer has no such digit.
        """
        run = self._registry.current()
        expect_explainer(run, run.explainer)
        reading = read_picture(content, run.ask_pictures, mode)
        prediction = _answer(run, run.picture_thresholds, mode, reading, reading.boxes, images)
        expect_digit(prediction, digit, PictureError)
        return explain_ink(run, reading.inks[digit], prediction, digit, images)


def _tell(run: LoadedRun, drawing: Drawing, reading: Reading) -> Prediction:
    boxes = [_box(drawing, group) for group in reading.groups]
    return _answer(
        run, run.thresholds, drawing.mode, reading, boxes, drawing.images, reading.groups
    )


def _answer(
    run: LoadedRun,
    thresholds: Thresholds,
    mode: Mode,
    reading: Reading | PictureReading,
    boxes: Sequence[Box],
    images: bool,
    strokes: Sequence[tuple[int, ...]] | None = None,
) -> Prediction:
    judgement = judge(reading.opinions, thresholds, mode)
    digits = tuple(_digits(reading, boxes, strokes, images, judgement.doubtful))
    text = "".join([str(answer.digit) for answer in digits])
    return Prediction(
        secrets.token_hex(16),
        judgement.verdict,
        "" if judgement.verdict == "not_a_digit" else text,
        judgement.confidence,
        digits,
        ModelName(run.name, run.recipe),
    )


def _digits(
    reading: Reading | PictureReading,
    boxes: Sequence[Box],
    strokes: Sequence[tuple[int, ...]] | None,
    images: bool,
    doubtful: frozenset[int],
) -> Iterator[DigitAnswer]:
    opinions = reading.opinions
    digitness = opinions.digitness.tolist()
    for place, probabilities in enumerate(opinions.probabilities.tolist()):
        confidence = max(probabilities)
        yield DigitAnswer(
            probabilities.index(confidence),
            confidence,
            tuple(probabilities),
            strokes[place] if strokes else (),
            boxes[place],
            reading.inks[place] if images else None,
            digitness[place] if opinions.can_refuse else None,
            place in doubtful,
        )


def _box(drawing: Drawing, group: Sequence[int]) -> Box:
    points = [drawing.strokes[at].points for at in group]
    joined = points[0] if len(points) == 1 else np.concatenate(points)
    left, top = np.minimum.reduce(joined).tolist()
    right, bottom = np.maximum.reduce(joined).tolist()
    return Box(left, top, right - left, bottom - top)
