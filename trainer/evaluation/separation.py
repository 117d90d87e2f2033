"""How well a score keeps two kinds of things apart, wherever the threshold may be put."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.intervals import NORMAL_975, wilson_interval

Scores = NDArray[np.float64]


class Separation(NamedTuple):
    """The area under the receiver operating characteristic, with its 95 % interval.

    Attributes:
        area: how often a wanted one scores above another one, each drawn at random, 0-1; ties
            count half.  1 is perfect and 0.5 is chance.
        low, high: of the interval.
    """

    area: float
    low: float
    high: float


def separation(wanted: Scores, others: Scores) -> Separation:
    """The area by Mann and Whitney's count, its interval by DeLong's variance on the logit scale.

    DeLong, DeLong, Clarke-Pearson, Biometrics 44 (1988), by midranks (Sun and Xu, IEEE Signal
    Processing Letters 21, 2014).  Where the scores do not overlap at all the variance is 0, and
    where a kind has one score it is not known: the interval is then Wilson's of as many trials as
    the smaller kind has.

    Args:
        wanted: (n,) scores of what shall score high; n is at least 1.
        others: (m,) scores of what shall score low; m is at least 1.
    """
    from scipy.stats import rankdata  # half a second, for networks that refuse

    ranks = rankdata(np.concatenate([wanted, others]))
    above = (ranks[: len(wanted)] - rankdata(wanted)) / len(others)
    below = 1 - (ranks[len(wanted) :] - rankdata(others)) / len(wanted)
    area = float(above.mean())
    smaller = min(len(wanted), len(others))
    variance = 0.0
    if smaller > 1:
        variance = float(above.var(ddof=1) / len(wanted) + below.var(ddof=1) / len(others))
    if variance == 0:
        low, high = wilson_interval(round(area * smaller), smaller)
        return Separation(area, min(area, low), max(area, high))
    logit, half = _logit(area), NORMAL_975 * math.sqrt(variance) / (area * (1 - area))
    return Separation(area, _share(logit - half), _share(logit + half))


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit > 0 else math.exp(logit) / (1 + math.exp(logit))
