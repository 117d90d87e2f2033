from __future__ import annotations

import pytest

from trainer.evaluation.intervals import wilson_interval


def test_the_interval_is_wilsons() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, method 3.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(("successes", "trials"), [(0, 10), (10, 10), (1, 1), (0, 1)])
def test_bounds_stay_between_nothing_and_all(successes: int, trials: int) -> None:
    low, high = wilson_interval(successes, trials)

    assert 0 <= low <= successes / trials <= high <= 1
    assert high - low > 0.05
