from __future__ import annotations

import pytest

from trainer.search.floor import floor_of


def test_a_trial_that_learned_nothing_does_not_squeeze_the_others() -> None:
    assert floor_of([0.98, 0.985, 0.99, 0.1]) == pytest.approx(0.9825 - 4 * 0.0075)


def test_equal_accuracies_leave_some_room() -> None:
    assert floor_of([0.9, 0.9]) == pytest.approx(0.896)
