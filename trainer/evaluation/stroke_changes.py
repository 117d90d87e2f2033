"""Drawings moved, resized, resampled, tilted, shaken and reordered, as tablets and people do.

Chance comes from the drawing itself, so a change is the same for every run.
"""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.data.stroke_files import LabelledDrawing

Points = NDArray[np.float64]
StrokeChange = Callable[[Sequence[Points]], Sequence[Points]]

FAR = (1e5, 2e5)  # the tablets' coordinates go to some thousands


def moved(x: float, y: float) -> StrokeChange:
    """Put somewhere else, so many units to the right and downwards."""
    return _each(lambda points: points + np.array([x, y]))


def resized(factor: float) -> StrokeChange:
    """Make larger or smaller."""
    return _each(lambda points: points * factor)


def every(step: int) -> StrokeChange:
    """Keep every ``step``-th point of a stroke, and the last."""
    return _each(lambda points: np.concatenate([points[:-1:step], points[-1:]]))


def denser(times: int) -> StrokeChange:
    """Put points between every two, so that a stroke has about so many times as many."""

    def change(points: Points) -> Points:
        places = np.linspace(0, len(points) - 1, times * (len(points) - 1) + 1)
        columns = [np.interp(places, np.arange(len(points)), column) for column in points.T]
        return np.column_stack(columns)

    return _each(change)


def on_grid(units: int) -> StrokeChange:
    """Round to whole numbers, once the longer side is so many units, as a small canvas does."""

    def change(strokes: Sequence[Points]) -> list[Points]:
        size = _size(strokes)  # 0 of a dot, which no factor makes longer
        factor = units / max(size, 1e-300) if size else 1.0
        return [np.rint(points * factor) for points in strokes]

    return change


def turned(degrees: float) -> StrokeChange:
    """Turn around the origin, clockwise on the screen."""
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return _each(lambda points: points @ np.array([[cos, sin], [-sin, cos]]))


def shaken(share: float) -> StrokeChange:
    """Add normal noise to every point, so strong a share of the longer side."""

    def change(strokes: Sequence[Points]) -> list[Points]:
        random, size = _chance(strokes), _size(strokes)
        return [points + random.normal(0, share * size, points.shape) for points in strokes]

    return change


def strokes_backwards(strokes: Sequence[Points]) -> list[Points]:
    """Every stroke from its end to its beginning; their order stays."""
    return [points[::-1] for points in strokes]


def last_first(strokes: Sequence[Points]) -> list[Points]:
    """The last stroke first, each drawn as it was."""
    return list(strokes[::-1])


def all_backwards(strokes: Sequence[Points]) -> list[Points]:
    """From the last point to the first."""
    return strokes_backwards(last_first(strokes))


def shuffled(strokes: Sequence[Points]) -> list[Points]:
    """Strokes in any order, and half of them backwards."""
    random = _chance(strokes)
    order = random.permutation(len(strokes))
    return [strokes[at][:: random.choice([-1, 1])] for at in order]


def _each(change: Callable[[Points], Points]) -> StrokeChange:
    return lambda strokes: [change(points) for points in strokes]


def _size(strokes: Sequence[Points]) -> float:
    """The longer side of a drawing."""
    return float(np.ptp(np.concatenate(strokes), axis=0).max())


def _chance(strokes: Sequence[Points]) -> np.random.Generator:
    return np.random.default_rng([zlib.crc32(points.tobytes()) for points in strokes])


# What is done, and how much of it.
STROKE_CHANGES: dict[str, dict[str, StrokeChange]] = {
    "moved": {
        f"far to the {down} {right}": moved(x * FAR[0], y * FAR[1])
        for y, down in ((-1, "upper"), (1, "lower"))
        for x, right in ((-1, "left"), (1, "right"))
    },
    "resized": {f"{factor} times": resized(factor) for factor in (0.02, 0.1, 0.5, 2, 10, 50)},
    "more points": {"five for one, as at 500 a second": denser(5)},
    "fewer points": {"every 2nd": every(2), "every 4th": every(4), "every 8th": every(8)},
    "whole numbers": {f"{units} units long": on_grid(units) for units in (300, 100, 50, 20)},
    "turned": {
        f"{side * degrees:+d}°".replace("-", "−"): turned(side * degrees)
        for degrees in (5, 10, 15, 20, 25)
        for side in (1, -1)
    },
    "shaken": {f"{100 * share:g} % of the size": shaken(share) for share in (0.005, 0.01, 0.02)},
    "in another order": {
        "strokes backwards": strokes_backwards,
        "last stroke first": last_first,
        "all backwards": all_backwards,
        "shuffled, half backwards": shuffled,
    },
}
UNDONE = ("moved", "resized", "more points")  # by the geometry: these must cost nothing


def change_drawing(drawing: LabelledDrawing, change: StrokeChange) -> LabelledDrawing:
    """A copy of a drawing, its strokes that have points changed."""
    strokes = change([stroke for stroke in drawing.strokes if len(stroke)])
    return dataclasses.replace(drawing, strokes=tuple(strokes))
