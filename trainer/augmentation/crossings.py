"""Write digits as other countries and trades do: a slashed 0, a barred 7, a ruled 1.

Few of the collected writers do so, and a network that has seen none of it reads a barred 0 as an 8.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.data.fragments import is_upright_line

Points = NDArray[np.float64]
Strokes = Sequence[Points]

# Where the added line begins and ends, in the digit's box: 0 to 1 from left to right, and from top
# to bottom; give or take.
_LINES = {
    0: (((0.9, 0.05), (0.1, 0.95)), ((-0.25, 0.5), (1.25, 0.5)), ((0.05, 0.5), (0.95, 0.5))),
    1: (((-0.3, 1.0), (1.3, 1.0)),),
    7: (((0.1, 0.5), (0.85, 0.5)),),
}
_DEVIATION = 0.06  # of each end, in the digit's longer side
_THINNEST = 0.35  # width of a box, as a share of its height, that lines are measured by


def rule(strokes: Strokes, random: np.random.Generator) -> Strokes:
    """A 1 of one upright stroke as if drawn with a ruler, by a few points; others as they are.

    Real pens tremble: without this a network has never seen what a mouse or a keyboard draws.

    Args:
        strokes: of a 1, arrays (n, 2), any unit.
        random: the source of chance.
    """
    if not is_upright_line(strokes):
        return strokes
    (stroke,) = (stroke for stroke in strokes if len(stroke))
    steps = np.linspace(0, 1, int(random.integers(2, 12)))[:, np.newaxis]
    return [stroke[0] + (stroke[-1] - stroke[0]) * steps]


def cross(strokes: Strokes, label: int, random: np.random.Generator) -> Strokes:
    """A 0, 1 or 7 with one line more, as some people write it; any other digit as it is.

    Args:
        strokes: arrays (n, 2), any unit; at least one point in all.
        label: the digit.
        random: the source of chance.
    """
    if label not in _LINES or (label == 7 and len(strokes) > 1):  # it may have its bar already
        return strokes
    points = np.concatenate([stroke for stroke in strokes if len(stroke)])
    low, high = points.min(axis=0), points.max(axis=0)
    extent = np.maximum(high - low, _THINNEST * (high - low).max())
    corner = (low + high - extent) / 2
    lines = _LINES[label]
    ends = np.array(lines[int(random.integers(len(lines)))])
    line = corner + ends * extent + random.normal(0, _DEVIATION, (2, 2)) * extent.max()
    steps = np.linspace(0, 1, 8)[:, np.newaxis]
    return [*strokes, line[0] + (line[1] - line[0]) * steps]
