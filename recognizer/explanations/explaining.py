"""Explain one digit of an answer: put it to the network once more, and keep what it computes."""

from __future__ import annotations

import numpy as np

from recognizer.directions import map_directions
from recognizer.drawing import Drawing
from recognizer.errors import CannotExplainError, ContractError
from recognizer.explanations.explainer import Explainer
from recognizer.explanations.explanation import Explanation
from recognizer.geometry import (
    IMAGE_SIZE,
    INK_SIZE,
    PEN_WIDTH,
    Ink,
    Points,
    draw_paths,
    place,
    to_model_input,
)
from recognizer.prediction import Box, Prediction
from recognizer.runs.loaded_run import LoadedRun


def expect_explainer(run: LoadedRun, explainer: Explainer | None) -> Explainer:
    """The explainer of a run.

    Raises:
        CannotExplainError: it has none.
    """
    if explainer is None:
        raise CannotExplainError(f"{run.name} cannot explain its answers")
    return explainer


def expect_digit(prediction: Prediction, digit: int, error: type[ContractError]) -> None:
    """See that an answer has a digit of this number, from 0.

    Args:
        prediction: the whole answer.
        digit: its number in the answer, from 0.
        error: the class to raise: a drawing's or a picture's.

    Raises:
        ContractError: it has not; of the class ``error``, about the field ``digit``.
    """
    count = len(prediction.digits)
    if not 0 <= digit < count:
        raise error("digit", "no_such_digit", actual=digit, count=count)


def explain_strokes(
    run: LoadedRun, drawing: Drawing, prediction: Prediction, digit: int
) -> Explanation:
    """Explain a digit of a drawing.

    Args:
        run: that can explain, without its quick network.
        drawing: that was answered.
        prediction: its answer, by this run.
        digit: of the answer, from 0.
    """
    explainer = expect_explainer(run, run.drawing_explainer)
    strokes = [drawing.strokes[at].points for at in prediction.digits[digit].strokes]
    paths = place(strokes)
    directions = map_directions(paths) if run.drawing_engine.reads_directions else None
    return Explanation(
        prediction,
        digit,
        explainer.ask(to_model_input(draw_paths(paths)), directions),
        directions,
        run.calibration.drawing_temperature,
        run.thresholds,
        _frame(np.concatenate(strokes), np.concatenate(paths)),
        drawing.images,
    )


def explain_ink(
    run: LoadedRun, ink: Ink, prediction: Prediction, digit: int, images: bool
) -> Explanation:
    """Explain a digit of a picture.

    Args:
        run: that can explain.
        ink: (28, 28) uint8, 0 = paper and 255 = ink: what its main network read.
        prediction: the picture's answer, by this run.
        digit: of the answer, from 0.
        images: whether sprite sheets are wanted.
    """
    workings = expect_explainer(run, run.explainer).ask(to_model_input(ink))
    return Explanation(
        prediction, digit, workings, None, run.temperature, run.picture_thresholds, images=images
    )


def _frame(points: Points, placed: Points) -> Box | None:
    """The square of a drawing that its 28x28 picture shows, by where its points came to lie."""
    low = np.minimum.reduce(points)
    longest = float((np.maximum.reduce(points) - low).max())
    if longest == 0:
        return None
    scale = longest / (INK_SIZE - PEN_WIDTH)  # of one pixel
    left, top = (low - np.minimum.reduce(placed) * scale).tolist()
    side = IMAGE_SIZE * scale
    return Box(left, top, side, side)
