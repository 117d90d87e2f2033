from __future__ import annotations

from tests.trainer.measured_runs import answers
from trainer.evaluation.hard_samples import confidently_wrong, hardest

# right and sure, wrong and unsure, wrong and sure, right and unsure
ASKED = answers([1, 2, 3, 4], [1, 0, 0, 4], [0.99, 0.4, 0.95, 0.3])


def test_the_hardest_are_those_whose_label_seemed_least_likely() -> None:
    assert hardest(ASKED, 3) == [2, 1, 3]
    assert hardest(ASKED, 100) == [2, 1, 3, 0]


def test_the_surest_mistakes_come_first_and_right_answers_never() -> None:
    assert confidently_wrong(ASKED) == [2, 1]
    assert confidently_wrong(ASKED, 1) == [2]
    assert confidently_wrong(answers([1], [1])) == []
