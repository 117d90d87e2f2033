"""The upright boxes of strokes, of pieces of ink, and of groups of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.geometry import Points


@dataclass(frozen=True, eq=False)
class Boxes:
    """The upright boxes of n things, y downwards.

    Attributes:
        low: (n, 2) x and y of their upper left corners.
        high: (n, 2) x and y of their lower right corners.
    """

    low: Points
    high: Points

    @classmethod
    def around(cls, strokes: Sequence[Points]) -> Boxes:
        """The boxes of strokes, each with points."""
        return cls(
            np.array([np.minimum.reduce(stroke) for stroke in strokes]),
            np.array([np.maximum.reduce(stroke) for stroke in strokes]),
        )

    def take(self, places: Sequence[int]) -> Boxes:
        """The boxes at these places, in the order of the places."""
        return Boxes(self.low[places], self.high[places])

    def of_groups(self, groups: Sequence[Sequence[int]]) -> Boxes:
        """The boxes around groups, which are places of boxes each."""
        return Boxes(
            np.array([_reduced(np.minimum, self.low, group) for group in groups]),
            np.array([_reduced(np.maximum, self.high, group) for group in groups]),
        )

    @property
    def extents(self) -> Points:
        """(n, 2): widths and heights, 0 or more."""
        return self.high - self.low

    def tolist(self) -> list[list[float]]:
        """Left edge, upper edge, width and height of each."""
        rows: list[list[float]] = np.hstack([self.low, self.extents]).tolist()
        return rows


def _reduced(ufunc: np.ufunc, corners: Points, group: Sequence[int]) -> Points:
    # Most groups are one stroke, and need no reduction.
    corner: Points = corners[group[0]] if len(group) == 1 else ufunc.reduce(corners[list(group)])
    return corner
