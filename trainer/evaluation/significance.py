"""Whether one network is better than another, or was only luckier with the samples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def mcnemar(first_right: NDArray[np.bool_], second_right: NDArray[np.bool_]) -> float:
    """How often chance alone would tell two equally good networks so far apart (exact, two-sided).

    McNemar, Psychometrika 12 (1947): only the samples that one of the two got right count, and
    between equals each of them is a toss of a coin.

    Args:
        first_right: (n,) bool, whether the first network was right on each sample.
        second_right: (n,) bool, the second one on the same samples in the same order.

    Returns:
        The p-value, 0-1; 1 where they are right on the same samples.

    Raises:
        ValueError: they were not asked the same number of samples.
    """
    from scipy.stats import binomtest  # half a second, for those who compare

    if first_right.shape != second_right.shape:
        raise ValueError(f"{first_right.shape} and {second_right.shape} are not the same samples")
    only_first = int((first_right & ~second_right).sum())
    only_second = int((second_right & ~first_right).sum())
    if only_first + only_second == 0:
        return 1.0
    return float(binomtest(only_first, only_first + only_second, 0.5).pvalue)


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values of several tests, raised so that looking many times finds no more by chance.

    Holm, Scandinavian Journal of Statistics 6 (1979).

    Args:
        p_values: 0-1, of tests that were made together.

    Returns:
        The adjusted ones in the same order, 0-1.
    """
    adjusted = [1.0] * len(p_values)
    largest = 0.0
    for place, index in enumerate(sorted(range(len(p_values)), key=lambda at: p_values[at])):
        largest = max(largest, (len(p_values) - place) * p_values[index])
        adjusted[index] = min(1.0, largest)
    return adjusted
