from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from sklearn import metrics  # type: ignore[import-untyped]

from tests.trainer.measured_runs import answers
from trainer.evaluation import measures


def test_the_loss_is_the_mean_surprise_at_the_labels() -> None:
    asked = answers([0, 1], [0, 2], [0.5, 0.91])

    loss = measures.cross_entropy(asked)

    assert loss == pytest.approx(-(math.log(0.5) + math.log(0.01)) / 2, rel=1e-5)


def test_an_answer_that_was_impossible_does_not_make_the_loss_infinite() -> None:
    assert measures.cross_entropy(answers([1], [0], [1.0])) == pytest.approx(-math.log(1e-7))


def test_the_second_guess_counts_for_top_2_accuracy() -> None:
    asked = answers([4, 4, 4], [4, 9, 9])
    asked.probabilities[1, 4] = 0.05
    asked.probabilities[2, [7, 4]] = 0.05, 0.03

    assert measures.top_2_accuracy(asked) == pytest.approx(2 / 3)


def test_rows_of_the_confusion_matrix_are_labels() -> None:
    matrix = measures.confusion_matrix(answers([4, 4, 9], [4, 9, 9]))

    assert matrix[4][9] == 1
    assert matrix[9][4] == 0
    assert [matrix[4][4], matrix[9][9]] == [1, 1]
    assert np.shape(matrix) == (10, 10)


def test_shares_and_counts_are_scikit_learns() -> None:
    random = np.random.default_rng(5)
    labels, digits = random.integers(0, 9, 300), random.integers(1, 10, 300)
    asked = answers(labels.tolist(), digits.tolist())

    expected = metrics.classification_report(
        labels, digits, labels=range(10), output_dict=True, zero_division=0.0
    )
    for digit, row in measures.per_class(asked).items():
        theirs = expected[digit.replace("macro", "macro avg")]
        assert row == pytest.approx(
            {"f1" if name == "f1-score" else name: theirs[name] for name in theirs}, abs=6e-6
        )
    matrix = metrics.confusion_matrix(labels, digits, labels=range(10))
    assert measures.confusion_matrix(asked) == matrix.tolist()


def test_precision_recall_and_f1_are_told_for_every_digit() -> None:
    report = measures.per_class(answers([4, 4, 4, 9], [4, 9, 9, 9]))

    assert report["4"] == {"precision": 1.0, "recall": 0.33333, "f1": 0.5, "support": 3}
    assert report["9"] == {"precision": 0.33333, "recall": 1.0, "f1": 0.5, "support": 1}
    assert report["0"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 0}
    assert list(report) == [*"0123456789", "macro"]
    assert report["macro"]["support"] == 4


def test_answers_are_sorted_into_bins_by_their_confidence() -> None:
    asked = answers([0, 0, 0, 0], [0, 0, 1, 1], [0.99, 0.97, 0.95, 0.5])

    bins = measures.reliability(asked)

    filled = [dataclasses.astuple(group) for group in bins if group.count]
    assert len(bins) == 15
    assert filled == [
        pytest.approx((7 / 15, 8 / 15, 1, 0.5, 0.0)),
        pytest.approx((14 / 15, 1.0, 3, 0.97, 2 / 3)),
    ]


def test_the_calibration_error_weighs_each_bin_by_its_answers() -> None:
    asked = answers([0, 0, 0, 0], [0, 0, 1, 1], [0.99, 0.97, 0.95, 0.5])

    error = measures.expected_calibration_error(asked)

    assert error == pytest.approx(1 / 4 * 0.5 + 3 / 4 * (0.97 - 2 / 3), abs=1e-6)


def test_certainty_lies_in_the_last_bin_and_not_behind_it() -> None:
    bins = measures.reliability(answers([0, 0], [0, 0], [1.0, 0.95]))

    assert bins[14].count == 2
