from __future__ import annotations

import pytest

from trainer.release.cost import latency_limit


@pytest.mark.parametrize(
    ("current", "limit"),
    [
        (None, 2.0),  # nothing to compare with: the budget
        (0.02, 0.5),  # a dense network is no reason against a convolutional one
        (0.3, 0.6),
        (0.9, 1.8),
        (1.5, 2.0),  # twice as long, but never over the budget
        (3.0, 3.3),  # unless the served run is over it already, as on a slow machine
    ],
)
def test_a_drawing_may_take_twice_as_long_as_now_within_the_budget(
    current: float | None, limit: float
) -> None:
    assert latency_limit(current) == pytest.approx(limit)
