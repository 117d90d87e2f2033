from __future__ import annotations

import numpy as np
import pytest

from trainer.evaluation.intervals import (
    bootstrap_interval,
    paired_interval,
    quantile_interval,
    wilson_interval,
)


def test_the_interval_is_wilsons() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, method 3.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(("successes", "trials"), [(0, 10), (10, 10), (1, 1), (0, 1)])
def test_bounds_stay_between_nothing_and_all(successes: int, trials: int) -> None:
    low, high = wilson_interval(successes, trials)

    assert 0 <= low <= successes / trials <= high <= 1
    assert high - low > 0.05


def test_the_interval_of_a_difference_is_bonetts_and_prices() -> None:
    # Of 100 pairs 10 and 4 differ: shares 11/102 and 5/102, and their variance by hand.
    low, high = paired_interval(won=10, lost=4, pairs=100)

    half = 1.959964 * ((16 / 102 - (6 / 102) ** 2) / 102) ** 0.5
    assert (low, high) == pytest.approx((6 / 102 - half, 6 / 102 + half))


def test_no_difference_at_all_is_not_certain() -> None:
    low, high = paired_interval(won=0, lost=0, pairs=1_000)

    assert low == pytest.approx(-high)
    assert 0.002 < high < 0.004


def test_the_interval_of_a_median_is_made_of_the_values_alone() -> None:
    # For 100 values the 40th and the 61st in order: Conover, Practical nonparametric statistics.
    assert quantile_interval(range(1, 101), 0.5) == (40, 60)
    assert quantile_interval([7.0], 0.5) == (7.0, 7.0)


def test_a_bootstrapped_mean_has_the_interval_of_a_mean() -> None:
    values = np.random.default_rng(1).normal(10, 2, 400)

    low, high = bootstrap_interval(lambda places: float(values[places].mean()), len(values))

    half = 1.96 * values.std() / 20
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.05)
    assert (low, high) == bootstrap_interval(lambda at: float(values[at].mean()), len(values))
