from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from trainer.evaluation.separation import separation


def test_the_area_counts_pairs_and_ties_half() -> None:
    wanted, others = np.array([0.9, 0.5, 0.4]), np.array([0.5, 0.1])

    # 0.9 beats both, 0.5 ties and wins, 0.4 loses and wins: 4.5 of 6 pairs.
    assert separation(wanted, others).area == pytest.approx(4.5 / 6)


def test_the_area_is_that_of_the_roc_curve() -> None:
    random = np.random.default_rng(3)
    wanted, others = random.normal(1, 1, 300).round(1), random.normal(0, 1, 200).round(1)

    area = separation(wanted, others).area

    labels = np.repeat([1, 0], [300, 200])
    assert area == pytest.approx(roc_auc_score(labels, np.concatenate([wanted, others])))


def test_the_interval_is_delongs_by_its_definition() -> None:
    random = np.random.default_rng(4)
    wanted, others = random.normal(1, 1, 90).round(1), random.normal(0, 1, 12).round(1)

    area, low, high = separation(wanted, others)

    wins = (wanted[:, None] > others) + 0.5 * (wanted[:, None] == others)
    variance = wins.mean(axis=1).var(ddof=1) / 90 + wins.mean(axis=0).var(ddof=1) / 12
    half = 1.959964 * variance**0.5 / (area * (1 - area))
    logits = np.log(area / (1 - area)) + np.array([-half, half])
    assert (low, high) == pytest.approx(tuple(1 / (1 + np.exp(-logits))))


def test_the_interval_holds_the_true_area_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(5)
    truth = 0.9213  # of normals one and two apart: Phi(2 / sqrt 2)

    held = 0
    for _ in range(400):
        _, low, high = separation(random.normal(2, 1, 80), random.normal(0, 1, 60))
        held += low <= truth <= high

    assert 0.92 <= held / 400 <= 0.98


def test_perfect_scores_are_not_certain_to_be_perfect() -> None:
    area, low, high = separation(np.array([0.8, 0.9, 1.0]), np.linspace(0, 0.7, 50))

    assert (area, high) == (1.0, 1.0)
    assert 0.3 < low < 0.5  # three right of three


@pytest.mark.parametrize(("alone", "area"), [(0.05, 1.0), (0.6, 0.5), (0.99, 0.0)])
def test_one_score_alone_tells_little_but_something(alone: float, area: float) -> None:
    found = separation(np.array([0.3, 0.9]), np.array([alone]))

    assert found.area == area
    assert 0 <= found.low <= area <= found.high <= 1
    assert found.high - found.low > 0.7
