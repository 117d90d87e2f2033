from __future__ import annotations

import numpy as np

from tests.trainer.measured_runs import answers
from trainer.report.shown import cell_samples, fair_choice


def test_the_choice_is_the_same_for_every_run_of_the_same_samples() -> None:
    labels = np.arange(100) % 10
    one, other = answers(labels, labels), answers(labels, (labels + 1) % 10)

    assert fair_choice(one, 15) == fair_choice(other, 15)
    assert len(set(fair_choice(one, 15))) == 15
    assert fair_choice(one, 15) != list(range(15))
    assert fair_choice(one, 20)[:15] == fair_choice(one, 15)


def test_fewer_samples_than_asked_for_are_all_shown() -> None:
    assert sorted(fair_choice(answers([1, 2], [1, 2]), 15)) == [0, 1]


def test_each_pair_of_label_and_answer_has_its_surest_samples() -> None:
    asked = answers([4, 4, 4, 4, 9], [9, 4, 9, 9, 4], [0.5, 0.6, 0.9, 0.7, 0.8])

    assert cell_samples(asked, 2) == {(4, 4): [1], (4, 9): [2, 3], (9, 4): [4]}
