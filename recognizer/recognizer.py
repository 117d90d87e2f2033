"""Answer drawings: strokes to ink, ink to probabilities, probabilities to a prediction.

The one place where geometry, network and calibration meet.  Where drawings come
from and what becomes of the answers is for the callers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from recognizer.calibration import calibrate
from recognizer.geometry import Ink, draw, to_model_input
from recognizer.prediction import Box, DigitAnswer, ModelName, Prediction
from recognizer.runs.loaded_run import LoadedRun
from recognizer.strokes import Drawing


class RunSource(Protocol):
    """Knows the run that shall answer: a registry, or a loaded run itself."""

    def current(self) -> LoadedRun:
        """The run to ask now; raises NoModelError when there is none."""


class Recognizer:
    """Recognises drawings with the run that is current when they come."""

    def __init__(self, registry: RunSource) -> None:
        self._registry = registry

    def recognize(self, drawing: Drawing) -> Prediction:
        """Answer one drawing.

        Raises:
            NoModelError: there is no run to ask.
        """
        return self.recognize_all([drawing])[0]

    def recognize_all(self, drawings: Sequence[Drawing]) -> list[Prediction]:
        """Answer drawings together, all by the same run; cheaper than one by one.

        Raises:
            NoModelError: there is no run to ask.
        """
        run = self._registry.current()
        model = ModelName(run.name, run.recipe)
        inks = {
            at: draw([stroke.points for stroke in drawing.strokes])
            for at, drawing in enumerate(drawings)
            if _has_points(drawing)
        }
        if not inks:
            return [_blank(model) for _ in drawings]
        model_inputs = np.stack([to_model_input(ink) for ink in inks.values()])
        answers = calibrate(run.engine.probabilities(model_inputs), run.temperature)
        probabilities = dict(zip(inks, answers, strict=True))
        return [
            _digit(model, drawing, inks[at], probabilities[at]) if at in inks else _blank(model)
            for at, drawing in enumerate(drawings)
        ]


def _has_points(drawing: Drawing) -> bool:
    return any(len(stroke.points) for stroke in drawing.strokes)


def _blank(model: ModelName) -> Prediction:
    return Prediction(uuid4().hex, "blank", "", 1.0, (), model)


def _digit(
    model: ModelName, drawing: Drawing, ink: Ink, probabilities: NDArray[np.float64]
) -> Prediction:
    digit = int(probabilities.argmax())
    confidence = float(probabilities[digit])
    answer = DigitAnswer(
        digit,
        confidence,
        tuple(probabilities.tolist()),
        tuple(at for at, stroke in enumerate(drawing.strokes) if len(stroke.points)),
        _box(drawing),
        ink,
    )
    return Prediction(uuid4().hex, "digit", str(digit), confidence, (answer,), model)


def _box(drawing: Drawing) -> Box:
    points = np.concatenate([stroke.points for stroke in drawing.strokes])
    left, top = points.min(axis=0).tolist()
    right, bottom = points.max(axis=0).tolist()
    return Box(left, top, right - left, bottom - top)
