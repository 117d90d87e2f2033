from __future__ import annotations

import numpy as np
import pytest

from trainer.evaluation.answers import Answers
from trainer.release.gate import Gate
from trainer.release.quality import quality_gates


def _answers(wrong: set[int], labels: np.ndarray | None = None) -> Answers:
    """Answers to 1,000 samples, 100 of each digit, of which some are wrong."""
    labels = np.arange(1000) % 10 if labels is None else labels
    given = [(label + (at in wrong)) % 10 for at, label in enumerate(labels)]
    return Answers("mnist_test", np.eye(10, dtype=np.float32)[given], labels)


def _mnist_gates(run: Answers, current: Answers | None = None) -> tuple[Gate, Gate]:
    beside = None if current is None else {"mnist_test": current}
    floor, no_worse, *_ = quality_gates({"mnist_test": run}, beside, "nothing is served")
    return floor, no_worse


@pytest.mark.parametrize(("wrong", "passes"), [(3, True), (4, False)])
def test_a_digit_must_be_recalled_in_97_of_100_images(wrong: int, passes: bool) -> None:
    sevens = set(range(7, 1000, 10))

    floor, _ = _mnist_gates(_answers(set(sorted(sevens)[:wrong])))

    assert floor.passed == passes
    assert floor.figure == pytest.approx(1 - wrong / 100)


@pytest.mark.parametrize(("more_wrong", "passes"), [(5, True), (6, False)])
def test_only_a_loss_that_chance_does_not_explain_counts(more_wrong: int, passes: bool) -> None:
    # Of n samples that only one of two equals reads, all fall to one side with p = 2 / 2^n.
    run = _answers(set(range(more_wrong)))

    _, no_worse = _mnist_gates(run, _answers(set()))

    assert no_worse.passed == passes
    assert no_worse.figure == pytest.approx(2 / 2**more_wrong)


def test_losing_some_and_winning_as_many_is_no_loss() -> None:
    _, no_worse = _mnist_gates(_answers(set(range(20))), _answers(set(range(20, 40))))

    assert no_worse.passed
    assert no_worse.figure == 1.0


def test_a_digit_without_samples_makes_no_floor() -> None:
    labels = np.arange(1000) % 9

    floor, _ = _mnist_gates(_answers(set(), labels))

    assert not floor.passed
    assert "no 9 among" in floor.sentence
