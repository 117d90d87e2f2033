"""What one stroke is like as a line: how it leans, how far it bends, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recognizer.geometry import Points

_LEANS = (0.3, 2.0)  # of a slash to the right, as a share of its height: from 17 to 63 degrees
_LEANS_BACK = (-2.0, -0.4)  # of a backslash to the left, as a share of its height
_UPRIGHT = 1e-9  # height at least, as a share of the length; less is a lying line
_LEAST_LENGTH = 1e-9  # from end to end, as a share of the stroke's size; less is no line


@dataclass(frozen=True)
class LineShape:
    """The shape of a stroke beside the straight line from end to end; lengths are shares of it.

    Attributes:
        lean: how far its upper end is right of its lower one, as a share of its height.
        bend: how far the stroke goes away from that line.
        bent_at: where on the line it does so, 0 to 1 between the ends.
        detour: the length of its path, at least 1.
    """

    lean: float
    bend: float
    bent_at: float
    detour: float

    @property
    def leans(self) -> bool:
        """Whether it leans as a slash or a backslash does."""
        return any(least <= self.lean <= most for least, most in (_LEANS, _LEANS_BACK))


def measure_line(stroke: Points) -> LineShape | None:
    """See what a stroke is like as a line; None where it ends as it began, or lies.

    Args:
        stroke: (n, 2) float64, x and y downwards, in any unit; n is at least 1.
    """
    way = stroke[-1] - stroke[0]
    length = float(np.hypot(*way))
    size = float((np.maximum.reduce(stroke) - np.minimum.reduce(stroke)).max())
    if length <= _LEAST_LENGTH * size or abs(way[1]) <= _UPRIGHT * length:
        return None
    x, y = ((stroke - stroke[0]) / length).T
    along, across = way / length
    away = np.abs(x * across - y * along)
    farthest = int(away.argmax())
    steps = np.hypot(np.diff(x), np.diff(y))
    return LineShape(
        float(-way[0] / way[1]),
        float(away[farthest]),
        float(x[farthest] * along + y[farthest] * across),
        float(steps.sum()),
    )
