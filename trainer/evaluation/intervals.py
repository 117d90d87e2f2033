"""How far a measured number may be from the true one."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

NORMAL_975 = 1.959963984540054  # 97.5 % quantile of the standard normal distribution


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share, by Wilson's score (JASA 22, 1927); good near 0 and 1 too.

    Args:
        successes: from 0 to ``trials``.
        trials: independent ones, at least 1.

    Returns:
        Lower and upper bound, 0-1.
    """
    share = successes / trials
    z2 = NORMAL_975**2 / trials
    middle = (share + z2 / 2) / (1 + z2)
    half = NORMAL_975 * math.sqrt(share * (1 - share) / trials + z2 / trials / 4) / (1 + z2)
    # Rounding may leave the share itself outside where it is 0 or 1.
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def paired_interval(won: int, lost: int, pairs: int) -> tuple[float, float]:
    """95 % interval of the difference of two shares that were measured on the same samples.

    Bonett and Price, British Journal of Mathematical and Statistical Psychology 65 (2012): Wald's
    interval after one more sample of each kind that differs, which keeps it honest near 0.

    Args:
        won: samples that counted only in the second measurement.
        lost: samples that counted only in the first one.
        pairs: all samples, at least 1.

    Returns:
        Lower and upper bound of second less first, -1 to 1.
    """
    more, less = (won + 1) / (pairs + 2), (lost + 1) / (pairs + 2)
    difference = more - less
    half = NORMAL_975 * math.sqrt((more + less - difference**2) / (pairs + 2))
    measured = (won - lost) / pairs
    low, high = difference - half, difference + half
    return max(-1.0, min(measured, low)), min(1.0, max(measured, high))


def quantile_interval(values: Sequence[float], share: float) -> tuple[float, float]:
    """95 % interval of a quantile, from the order of the values alone (Conover 1999, 3.2).

    Args:
        values: independent measurements, at least one.
        share: of the values that lie below the quantile, 0-1; 0.5 for the median.

    Returns:
        Two of the values, the lowest and the highest where there are too few for 95 %.
    """
    ordered = sorted(values)
    half = NORMAL_975 * math.sqrt(len(ordered) * share * (1 - share))
    low = math.floor(len(ordered) * share - half) - 1
    high = math.ceil(len(ordered) * share + half) - 1
    return ordered[max(0, low)], ordered[min(len(ordered) - 1, high)]


def bootstrap_interval(
    statistic: Callable[[NDArray[np.int64]], float], samples: int
) -> tuple[float, float]:
    """95 % interval of anything, from samples drawn again and again (Efron, Biometrika 68, 1981).

    Args:
        statistic: of the samples at some places, (samples,) from 0, which may repeat.
        samples: how many there are, at least 1.

    Returns:
        The 2.5 % and 97.5 % quantiles of the statistic over 500 draws, the same ones each time.
    """
    random = np.random.default_rng(95)
    values = [statistic(random.integers(samples, size=samples)) for _ in range(500)]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
