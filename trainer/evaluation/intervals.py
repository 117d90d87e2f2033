"""How far a measured share may be from the true one."""

from __future__ import annotations

import math

_NORMAL_975 = 1.959963984540054  # 97.5 % quantile of the standard normal distribution


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share, by Wilson's score (JASA 22, 1927); good near 0 and 1 too.

    Args:
        successes: from 0 to ``trials``.
        trials: independent ones, at least 1.

    Returns:
        Lower and upper bound, 0-1.
    """
    share = successes / trials
    z2 = _NORMAL_975**2 / trials
    middle = (share + z2 / 2) / (1 + z2)
    half = _NORMAL_975 * math.sqrt(share * (1 - share) / trials + z2 / trials / 4) / (1 + z2)
    # Rounding may leave the share itself outside where it is 0 or 1.
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
