from __future__ import annotations

import numpy as np
import pytest

from trainer.evaluation.intervals import wilson_interval
from trainer.figures.figure import POINTS, SHARE, count, median, paired_difference, share


def test_a_share_has_wilsons_interval() -> None:
    figure = share("accuracy", 81, 263)

    assert (figure.value, figure.total, figure.unit) == (81 / 263, 263, SHARE)
    assert (figure.low, figure.high) == wilson_interval(81, 263)


def test_a_difference_counts_what_was_won_and_lost() -> None:
    before, after = np.array([True] * 90 + [False] * 10), np.array([True] * 80 + [False] * 20)
    after[95:] = True

    figure = paired_difference("difference", before, after, "turned: 10°")

    assert figure.value == pytest.approx((5 - 10) / 100)
    assert figure.low < figure.value < figure.high
    assert (figure.unit, figure.row, figure.total) == (POINTS, "turned: 10°", 100)


def test_a_median_lies_within_its_interval() -> None:
    figure = median("a drawing", [3.0, 1.0, 2.0, 9.0, 4.0], "ms")

    assert (figure.low, figure.value, figure.high) == (1.0, 3.0, 9.0)


def test_what_is_counted_is_certain() -> None:
    assert count("parameters", 80_000, "").low == count("parameters", 80_000, "").high == 80_000
