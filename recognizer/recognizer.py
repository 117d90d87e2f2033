"""Answer drawings and pictures: ink to candidates, opinions on them, a verdict.

The one place where reading, network and verdict meet.  Where drawings come from and what becomes
of the answers is for the callers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import uuid4

import numpy as np

from recognizer.geometry import Ink
from recognizer.numbers.reading import Reading, read_all_strokes, read_strokes
from recognizer.opinions import Opinions
from recognizer.photos.reading import read_picture
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

    def recognize_picture(self, content: bytes, mode: Mode = "auto") -> Prediction:
        """Answer a picture: a photo, a scan, a screenshot, a digit of MNIST's.

        Args:
            content: of the file, PNG, JPEG, WebP, BMP or GIF.
            mode: what is looked for.

        Raises:
            NoModelError: there is no run to ask.
            PictureError: the file is too large, of another kind, or damaged.
        """
        run = self._registry.current()
        reading = read_picture(content, run.ask_pictures, mode)
        strokes: list[tuple[int, ...]] = [()] * len(reading.boxes)
        digits = _digits(reading.opinions, reading.inks, reading.boxes, strokes)
        return _answer(run, digits, reading.opinions, run.picture_thresholds, mode)


def _tell(run: LoadedRun, drawing: Drawing, reading: Reading) -> Prediction:
    boxes = [_box(drawing, group) for group in reading.groups]
    digits = _digits(reading.opinions, reading.inks, boxes, reading.groups)
    return _answer(run, digits, reading.opinions, run.thresholds, drawing.mode)


def _answer(
    run: LoadedRun,
    digits: tuple[DigitAnswer, ...],
    opinions: Opinions,
    thresholds: Thresholds,
    mode: Mode,
) -> Prediction:
    judgement = judge(opinions, thresholds, mode)
    text = "".join(str(answer.digit) for answer in digits)
    return Prediction(
        uuid4().hex,
        judgement.verdict,
        "" if judgement.verdict == "not_a_digit" else text,
        judgement.confidence,
        digits,
        ModelName(run.name, run.recipe),
    )


def _digits(
    opinions: Opinions,
    inks: Sequence[Ink],
    boxes: Sequence[Box],
    strokes: Sequence[tuple[int, ...]],
) -> tuple[DigitAnswer, ...]:
    rows = zip(
        opinions.digits.tolist(),
        opinions.confidences.tolist(),
        opinions.probabilities.tolist(),
        strokes,
        boxes,
        inks,
        strict=True,
    )
    return tuple(
        DigitAnswer(digit, confidence, tuple(probabilities), group, box, ink)
        for digit, confidence, probabilities, group, box, ink in rows
    )


def _box(drawing: Drawing, group: Sequence[int]) -> Box:
    points = [drawing.strokes[at].points for at in group]
    joined = points[0] if len(points) == 1 else np.concatenate(points)
    left, top = np.minimum.reduce(joined).tolist()
    right, bottom = np.maximum.reduce(joined).tolist()
    return Box(left, top, right - left, bottom - top)
