from __future__ import annotations

import numpy as np
import pytest

from trainer.evaluation.significance import holm, mcnemar


def _right(only_first: int, only_second: int, both: int = 50) -> tuple[np.ndarray, np.ndarray]:
    first = [True] * only_first + [False] * only_second + [True] * both + [False] * 5
    second = [False] * only_first + [True] * only_second + [True] * both + [False] * 5
    return np.array(first), np.array(second)


@pytest.mark.parametrize(
    ("only_first", "only_second", "p"),
    [
        # Twice the tail of a fair coin: 2 (1 + 12 + 66) / 2^12, and 2 (1 + 8) / 2^8.
        (10, 2, 158 / 4096),
        (1, 7, 18 / 256),
        (6, 0, 2 / 64),
        (4, 4, 1.0),
        (0, 0, 1.0),
    ],
)
def test_the_p_value_is_that_of_a_fair_coin(only_first: int, only_second: int, p: float) -> None:
    first, second = _right(only_first, only_second)

    assert mcnemar(first, second) == pytest.approx(p)
    assert mcnemar(second, first) == pytest.approx(p)


def test_samples_that_both_got_right_or_wrong_do_not_count() -> None:
    few, many = _right(10, 2, both=1), _right(10, 2, both=10_000)

    assert mcnemar(*few) == mcnemar(*many)


def test_different_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="not the same samples"):
        mcnemar(np.ones(3, bool), np.ones(4, bool))


def test_holm_multiplies_the_smallest_most_and_keeps_the_order() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([0.04]) == [0.04]
    assert holm([]) == []
