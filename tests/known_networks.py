"""Weights of linear networks that read the known drawings, whatever else they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.directions import map_directions
from recognizer.geometry import Points, draw, place, to_model_input
from recognizer.known_drawings import DIGITS

_SURE = 12.0  # logit of the right digit above all others: 99.99 %
Describe = Callable[[Sequence[Points]], NDArray[Any]]


def as_picture(strokes: Sequence[Points]) -> NDArray[np.float32]:
    """(784,): what a network of pictures reads of a drawing."""
    return to_model_input(draw(strokes)).ravel()


def with_directions(strokes: Sequence[Points]) -> NDArray[np.float32]:
    """(2352,): the same, and its direction maps behind it."""
    return np.concatenate([as_picture(strokes), map_directions(place(strokes)).ravel()])


def taught(weights: NDArray[np.floating], describe: Describe = as_picture) -> NDArray[np.float32]:
    """The weights next to these, (m, 10), under which the known drawings are read.

    Args:
        weights: (m, 10) of a linear network.
        describe: what it reads of a drawing: (m,).
    """
    known = np.stack(
        [describe([stroke.points for stroke in one.drawing.strokes]) for one in DIGITS]
    ).astype(np.float64)
    missing = _SURE * np.eye(10) - known @ weights
    return (weights + np.linalg.pinv(known) @ missing).astype(np.float32)
