"""The weights that read numbers are learned from numbers of which the true digits are known."""

from __future__ import annotations

import numpy as np
import pytest

from recognizer.boxes import Boxes
from recognizer.numbers.links import describe_links
from recognizer.numbers.scores import describe_number
from recognizer.numbers.weights import bounds
from recognizer.outputs import NetworkOutputs
from trainer.evaluation.grouping import Described, fit_groups, fit_links, fit_number
from trainer.evaluation.grouping_examples import Example

BESIDE = Boxes(np.array([[0.0, 0.0], [0.6, 0.0]]), np.array([[0.5, 1.0], [1.1, 1.0]]))
CROSS = [np.array([[0.0, 0.0], [0.0, 1.0]]), np.array([[-0.3, 0.5], [0.3, 0.5]])]


def number(random: np.random.Generator) -> Example:
    """Two crosses beside each other."""
    shift = np.array([random.uniform(0.8, 1.4), random.normal(0, 0.05)])
    strokes = [*CROSS, *(stroke + shift for stroke in CROSS)]
    return Example(strokes, ((0, 1), (2, 3)))


def described(*, is_whole: bool, random: np.random.Generator) -> Described:
    """Two strokes, of which the network knows whether they are one digit."""
    digitness = np.array([0.1, 0.1, 0.9] if is_whole else [0.9, 0.9, 0.1])
    links = np.full((2, 2), float(random.normal()))
    features = np.zeros((3, 5))
    features[:, 0] = [0, 0, links[0, 1]]
    features[:, 3] = np.log(digitness)
    truth = ((0, 1),) if is_whole else ((0,), (1,))
    outputs = NetworkOutputs(np.full((3, 10), 0.1), digitness)
    return Described(truth, links, BESIDE, [(0,), (1,), (0, 1)], outputs, features)


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(1)


def test_strokes_of_one_digit_are_linked_more_than_others(random: np.random.Generator) -> None:
    examples = [number(random) for _ in range(30)]

    weights = fit_links(examples)

    links = describe_links(examples[0].strokes) @ weights
    assert links[0, 1] > 0 > links[[0, 0, 1], [2, 3, 2]].max()


def test_digitness_decides_where_links_do_not(random: np.random.Generator) -> None:
    examples = [described(is_whole=whole, random=random) for whole in (True, False) * 30]

    group_weights = fit_groups(examples)
    number_weights = fit_number(examples, group_weights)

    assert group_weights[3] > 5 * abs(group_weights[0])
    certain = NetworkOutputs(np.full((2, 10), 0.1), np.full(2, 0.9))
    doubted = NetworkOutputs(np.full((2, 10), 0.1), np.full(2, 0.1))
    features = [
        describe_number([(0,), (1,)], np.zeros((2, 2)), BESIDE, outputs, whole)
        for outputs, whole in ((certain, 0.1), (doubted, 0.9))
    ]
    number, whole = features @ number_weights
    assert number > 0 > whole
    for weight, (low, high) in zip(number_weights, bounds("numbers"), strict=True):
        assert low <= weight <= high
