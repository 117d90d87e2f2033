"""Where a picture of accuracies begins, so that one trial does not squeeze all others together."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

_LEAST = 0.001  # what the best is above the median, where they are closer


def floor_of(accuracies: Sequence[float]) -> float:
    """The lowest accuracy worth showing to scale.

    Args:
        accuracies: shares, at least one.

    Returns:
        a share, four times as far below the median as the best is above it.
    """
    middle = median(accuracies)
    return middle - 4 * max(max(accuracies) - middle, _LEAST)
