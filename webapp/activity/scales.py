"""The scales that latencies and confidences are counted on, and the percentiles read from them.

A value is counted in one of a few dozen steps, so a minute of any traffic takes a few hundred
bytes, and the sums of minutes and of workers are scales again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

CONFIDENCE_STEPS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
"""Where each step begins; the page's words for a confidence change at five of them."""

_FASTEST_SECONDS = 0.0001
_FACTOR = 1.2  # from one step to the next, so a percentile is at most 20 % off
_LOG_FACTOR = math.log(_FACTOR)
_LAST_STEP = math.ceil(math.log(100 / _FASTEST_SECONDS) / _LOG_FACTOR)  # 100 s and more


def latency_step(seconds: float) -> int:
    """The step of a time in seconds: 0 up to 0.1 ms, each further one 20 % longer."""
    if seconds <= _FASTEST_SECONDS:
        return 0
    return min(math.ceil(math.log(seconds / _FASTEST_SECONDS) / _LOG_FACTOR), _LAST_STEP)


def confidence_step(confidence: float) -> int:
    """The step of a confidence: the place in ``CONFIDENCE_STEPS`` of the last that it reaches."""
    step = min(int(confidence * 10), 9)
    if confidence >= CONFIDENCE_STEPS[10]:
        return 11 if confidence >= CONFIDENCE_STEPS[11] else 10
    return max(step, 0)


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """The time that this share of all stayed within.

    Args:
        counts: how many fell into each step of :func:`latency_step`.
        share: above 0 and up to 1; 0.5 is the median.

    Returns:
        seconds, interpolated within the step; None where nothing was counted.
    """
    total = sum(counts.values())
    if not total:
        return None
    below = 0
    for step in sorted(counts):
        if below + counts[step] >= share * total:
            within = (share * total - below) / counts[step]
            return float(_FASTEST_SECONDS * _FACTOR ** (step - 1 + within))
        below += counts[step]
    return float(_FASTEST_SECONDS * _FACTOR ** max(counts))
