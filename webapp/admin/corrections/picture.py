"""A drawing as paths of an SVG: numbers and letters that this module alone has written."""

from __future__ import annotations

import json
from collections.abc import Sequence

SIDE = 1000  # of the square that the drawing is fitted into
MOST_POINTS = 2000  # that are drawn; who draws more sees every n-th
_INK = 900  # of the side, so that a pen has room at the edges


def paths(strokes: str) -> list[str]:
    """The strokes' paths, in a square of :data:`SIDE` units with y downwards.

    Args:
        strokes: as :func:`webapp.corrections.reading.strokes_as_json` writes them.
    """
    drawn = [stroke for stroke in json.loads(strokes) if stroke["x"]]
    if not drawn:
        return []
    left, right = _bounds([stroke["x"] for stroke in drawn])
    top, bottom = _bounds([stroke["y"] for stroke in drawn])
    side = max(right - left, bottom - top)
    step = -(-sum(len(stroke["x"]) for stroke in drawn) // MOST_POINTS)
    return [
        _path(
            [_place(x, left, right, side) for x in _thinned(stroke["x"], step)],
            [_place(y, top, bottom, side) for y in _thinned(stroke["y"], step)],
        )
        for stroke in drawn
    ]


def _bounds(columns: Sequence[Sequence[float]]) -> tuple[float, float]:
    return min(map(min, columns)), max(map(max, columns))


def _thinned(values: Sequence[float], step: int) -> list[float]:
    """Leave out all values but every n-th and the last."""
    return [*values[:-1:step], values[-1]]


def _place(value: float, low: float, high: float, side: float) -> int:
    """Where a coordinate stands; the middle of the drawing is that of the square."""
    if side == 0:
        return SIDE // 2
    # The smallest of all numbers have no halves: what rounding does there stays in the square.
    from_middle = min(max((value - (low + high) / 2) / side, -0.5), 0.5)
    return round(SIDE / 2 + _INK * from_middle)


def _path(xs: Sequence[int], ys: Sequence[int]) -> str:
    points = [f"{x} {y}" for x, y in zip(xs, ys, strict=True)]
    # A round cap makes a dot of a line without length.
    return f"M{points[0]}L" + " ".join(points[1:] or points)
