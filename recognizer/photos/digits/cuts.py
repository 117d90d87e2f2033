"""Where ink that hangs together may part into two digits: along seams that cross little ink.

A seam runs from the top to the bottom, a column aside at most from row to row, and costs the ink
that it crosses (as in seam carving, Avidan and Shamir 2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_ROWS = 48  # that seams are looked for on, whatever the picture's size
_NARROWEST = 0.2  # of the height: a piece beside a seam
_LEAST_HEIGHT = 0.5  # of the height: ink on each side of a seam
_MOST_CROSSED = 0.35  # of the height: ink that a seam may cross
_PER_EXTENT = 0.4  # cost of a row that the ink is high where it is cut: two rings touch at a waist
_ASIDE = 0.06  # cost of a step aside; ink costs 1
_INKED = 0.5  # of a pixel: covered by a stroke
_MOST_SEAMS = 6
_WIDE = 0.75  # times as wide as high: the narrowest ink in which two digits are looked for


@dataclass(frozen=True, eq=False)
class Seam:
    """A way to cut ink in two.

    Attributes:
        columns: (rows,) float64 of the picture's pixels, one for each row of the ink.
        crossed: how much ink it crosses, share of the ink's height.
        strokes: how many strokes it crosses.
    """

    columns: NDArray[np.float64]
    crossed: float
    strokes: int


def find_seams(mask: NDArray[np.uint8]) -> list[Seam]:
    """The best places to part ink in two, from left to right; none in ink that is narrow.

    Args:
        mask: (height, width) uint8, 0 or 1, cropped.
    """
    height, width = mask.shape
    columns = round(width * _ROWS / height)
    if columns < _WIDE * _ROWS or columns > 12 * _ROWS:
        return []
    small = cv2.resize(mask.astype(np.float32), (columns, _ROWS), interpolation=cv2.INTER_AREA)
    ink = np.asarray(small, np.float32)
    half = _ROWS // 2
    from_top, steps_up = _cheapest(ink[: half + 1])
    from_bottom, steps_down = _cheapest(ink[half:][::-1])
    cost = from_top + from_bottom - ink[half]
    seams = []
    for start in _best(cost, _extents(ink)):
        path = np.array([*_trace(steps_up, start)[::-1], *_trace(steps_down, start)[1:]])[:_ROWS]
        is_ink = ink[np.arange(_ROWS), path] > _INKED
        strokes = int(is_ink[0]) + int((is_ink[1:] & ~is_ink[:-1]).sum())
        rows = (np.arange(height) + 0.5) * _ROWS / height - 0.5
        at = np.interp(rows, np.arange(_ROWS), path)
        crossed = float(cost[start]) / _ROWS
        seam = Seam((at + 0.5) * width / columns - 0.5, crossed, strokes)
        if _leaves_digits(mask, seam):
            seams.append(seam)
    return sorted(seams, key=lambda seam: float(seam.columns.mean()))


def _leaves_digits(mask: NDArray[np.uint8], seam: Seam) -> bool:
    """Whether what lies on each side is high enough for a digit, and not a 2's tail."""
    is_left = np.arange(mask.shape[1]) <= seam.columns[:, None]
    for side in (is_left, ~is_left):
        (rows,) = np.nonzero((mask * side).any(axis=1))
        if len(rows) < 2 or rows[-1] - rows[0] < _LEAST_HEIGHT * len(mask):
            return False
    return True


def _cheapest(ink: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Cost of the best way to each column of the last row, and each row's step to come there."""
    cost = ink[0]
    steps = np.zeros(ink.shape, np.int8)
    for row in range(1, len(ink)):
        left = np.concatenate([[np.inf], cost[:-1]]) + _ASIDE
        right = np.concatenate([cost[1:], [np.inf]]) + _ASIDE
        ways = np.stack([left, cost, right])
        best = ways.argmin(axis=0)
        steps[row] = best - 1
        cost = ways.min(axis=0) + ink[row]
    return cost.astype(np.float32), steps


def _trace(steps: NDArray[np.int8], column: int) -> list[int]:
    """The columns of the best way to a column of the last row, from the last row to the first."""
    path = [column]
    for row in range(len(steps) - 1, 0, -1):
        column += int(steps[row, column])
        path.append(column)
    return path


def _extents(ink: NDArray[np.float32]) -> NDArray[np.float64]:
    """(columns,) rows from the highest to the lowest ink in each column."""
    is_ink = ink > _INKED
    first = is_ink.argmax(axis=0)
    last = len(ink) - is_ink[::-1].argmax(axis=0)
    return np.where(is_ink.any(axis=0), last - first, 0).astype(np.float64)


def _best(cost: NDArray[np.float32], extents: NDArray[np.float64]) -> list[int]:
    """The columns of seams that cross little, preferably where the ink is low.

    The columns are far enough from each other and from the ends.
    """
    apart = round(_NARROWEST * _ROWS)
    chosen: list[int] = []
    for column in np.argsort(cost + _PER_EXTENT * extents, kind="stable").tolist():
        if len(chosen) == _MOST_SEAMS:
            break
        is_cheap = cost[column] <= _MOST_CROSSED * _ROWS
        is_inside = apart <= column < len(cost) - apart
        if is_cheap and is_inside and all(abs(column - other) >= apart for other in chosen):
            chosen.append(column)
    return chosen
