"""Drawings moved, resized, resampled and turned, as tablets, screens and people do."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from trainer.data.stroke_files import LabelledDrawing

Points = NDArray[np.float64]
StrokeChange = Callable[[Points], Points]

_FAR = np.array([1e5, 2e5])  # the tablets' coordinates go to some thousands


def every(step: int) -> StrokeChange:
    """Keep every ``step``-th point of a stroke, and the last."""
    return lambda points: np.concatenate([points[:-1:step], points[-1:]])


def denser(points: Points) -> Points:
    """Put four points between every two."""
    places = np.linspace(0, len(points) - 1, 5 * (len(points) - 1) + 1)
    columns = [np.interp(places, np.arange(len(points)), column) for column in points.T]
    return np.column_stack(columns)


def turned(degrees: float) -> StrokeChange:
    """Turn around the origin, clockwise on the screen."""
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return lambda points: points @ np.array([[cos, sin], [-sin, cos]])


# What is done, and how much of it.
STROKE_CHANGES: dict[str, dict[str, StrokeChange]] = {
    "moved": {
        "far to the lower right": lambda points: points + _FAR,
        "far to the upper left": lambda points: points - _FAR,
    },
    "resized": {
        "50 times as large": lambda points: points * 50,
        "a fiftieth as large": lambda points: points / 50,
    },
    "more points": {"four between every two": denser},
    "fewer points": {
        "every 2nd": every(2),
        "every 4th": every(4),
        "every 8th": every(8),
    },
    "turned": {
        "10°": turned(10),
        "-10°": turned(-10),
        "25°": turned(25),
        "-25°": turned(-25),
    },
}


def change_drawing(drawing: LabelledDrawing, change: StrokeChange) -> LabelledDrawing:
    """A copy of a drawing, each stroke that has points changed."""
    strokes = tuple(change(stroke) for stroke in drawing.strokes if len(stroke))
    return dataclasses.replace(drawing, strokes=strokes)
