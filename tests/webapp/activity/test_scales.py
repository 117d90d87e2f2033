from __future__ import annotations

from collections import Counter

import pytest

from webapp.activity.scales import CONFIDENCE_STEPS, confidence_step, latency_step, percentile


@pytest.mark.parametrize("share", [0.01, 0.5, 0.95, 0.99, 1.0])
def test_a_percentile_is_right_within_a_fifth(share: float) -> None:
    seconds = [0.0007 * 1.01**place for place in range(1000)]
    exact = sorted(seconds)[round(share * len(seconds)) - 1]

    found = percentile(Counter(map(latency_step, seconds)), share)

    assert found is not None
    assert exact / 1.21 <= found <= exact * 1.21


def test_nothing_counted_has_no_percentile() -> None:
    assert percentile({}, 0.5) is None


@pytest.mark.parametrize("seconds", [0.0, 1e-9, 1e9])
def test_no_time_is_too_short_or_too_long_to_be_counted(seconds: float) -> None:
    assert 0 <= latency_step(seconds) <= 80


def test_a_confidence_is_counted_in_the_last_step_that_it_reaches() -> None:
    for confidence in (0.0, 0.05, 0.1, 0.399, 0.4, 0.7, 0.9, 0.949, 0.95, 0.9899, 0.99, 1.0):
        step = confidence_step(confidence)

        assert CONFIDENCE_STEPS[step] <= confidence
        assert confidence == 1.0 or confidence < (*CONFIDENCE_STEPS, 1.0)[step + 1]
