"""How much speaks for strokes being these digits: their links, their sizes and the network.

Two questions, each with its weights: which of all divisions into groups is the best one (a
conditional random field over them), and whether it is a number at all, rather than one digit or
something else such as a letter (logistic regression).  The weights are the run's, fitted to its
network and to what training writers wrote (:mod:`trainer.evaluation.grouping`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from recognizer.boxes import Boxes
from recognizer.drawing import Numbers
from recognizer.numbers.candidates import Group, Links, link_strength
from recognizer.numbers.weights import GROUP_FEATURES
from recognizer.outputs import NetworkOutputs

_FULL_SIZE = 0.5  # a digit's height at least, as a share of the highest stroke's
_MOST_LINK = 8.0  # log odds of a link: more says no more
_MOST_DIGITS = 8  # more of them say no more
_MOST_GAP = 0.1  # heights between two digits: more says no more
_LEAST_DOUBT = 1e-3  # probability of all strokes together being no digit: less says no more
_ROUNDING = 1e-6  # log odds by which a sum in another order may differ


def score_groups(
    groups: Sequence[Group], links: Links, boxes: Boxes, outputs: NetworkOutputs, weights: Numbers
) -> Numbers:
    """How much speaks for each group being one digit.

    Args:
        groups: n groups of strokes.
        links: log odds of each two strokes being of one digit.
        boxes: of the strokes.
        outputs: the network's, of each group.
        weights: (5,), the run's for groups.

    Returns:
        (n,) float64: their sum over a division of the strokes is its log probability, up to a
        constant.
    """
    scores: Numbers = describe_groups(groups, links, boxes, outputs) @ weights
    return scores


def describe_groups(
    groups: Sequence[Group], links: Links, boxes: Boxes, outputs: NetworkOutputs
) -> Numbers:
    """What :func:`score_groups` weighs: (n, 5) float64, in the order of ``GROUP_FEATURES``."""
    features = np.empty((len(groups), len(GROUP_FEATURES)))
    features[:, 0] = [link_strength(links, group) for group in groups]
    features[:, 1] = [len(group) - 1 for group in groups]
    features[:, 2] = outputs.log_confidences
    features[:, 3] = outputs.log_digitness
    features[:, 4] = measure_smallness(groups, boxes)
    return features


def number_log_odds(
    groups: Sequence[Group],
    links: Links,
    boxes: Boxes,
    outputs: NetworkOutputs,
    whole: float,
    weights: Numbers,
) -> float:
    """Log odds of a division being a number, rather than one digit or none.

    Args:
        groups: of the division, two or more.
        links: as for :func:`score_groups`.
        boxes: of the strokes.
        outputs: on the groups.
        whole: digitness of all strokes together.
        weights: (6,), the run's for numbers.
    """
    return float(describe_number(groups, links, boxes, outputs, whole) @ weights)


def may_be_number(links: Links, whole: float, expectation: float, weights: Numbers) -> bool:
    """Whether anything that the network could say on parts would make a number of the strokes.

    It can say nothing better than that each stroke is certainly a digit, beside the others and
    unlinked with them: a run's weights reward nothing else, which is seen to when it is loaded.

    Args:
        links: as for :func:`score_groups`.
        whole: digitness of all strokes together.
        expectation: added to the log odds of a number.
        weights: (6,), the run's for numbers.
    """
    number = len(links)
    best = _number_features(number, 0.0, float(links.min()), -_MOST_GAP, whole)
    return float(best @ weights) + expectation > -_ROUNDING


def describe_number(
    groups: Sequence[Group], links: Links, boxes: Boxes, outputs: NetworkOutputs, whole: float
) -> Numbers:
    """What :func:`number_log_odds` weighs: (6,) float64, in the order of ``NUMBER_FEATURES``."""
    owner = np.empty(len(links), np.int64)
    for place, group in enumerate(groups):
        owner[list(group)] = place
    link = float(links[owner[:, np.newaxis] != owner].max())
    digitness = float(outputs.log_digitness.mean())
    return _number_features(
        len(groups), digitness, link, measure_overlap(boxes.of_groups(groups)), whole
    )


def _number_features(
    digits: int, digitness: float, link: float, overlap: float, whole: float
) -> Numbers:
    return np.array(
        [
            1.0,
            math.log(min(digits, _MOST_DIGITS)),
            digitness,
            min(max(link, -_MOST_LINK), _MOST_LINK),
            overlap,
            math.log(max(1 - whole, _LEAST_DOUBT)),
        ]
    )


def measure_overlap(digits: Boxes) -> float:
    """How far two digits of a line overlap sideways, the worst of them, in the highest's heights.

    Returns:
        -0.1 to 1; below 0 they are apart.
    """
    low, high = digits.low, digits.high
    common = np.minimum(high[:, np.newaxis], high) - np.maximum(low[:, np.newaxis], low)
    are_beside = common[..., 1] > 0
    np.fill_diagonal(are_beside, False)
    if not are_beside.any():
        return 0.0
    highest = float((high - low)[:, 1].max())
    return min(max(float(common[..., 0][are_beside].max()) / highest, -_MOST_GAP), 1.0)


def measure_smallness(groups: Sequence[Group], boxes: Boxes) -> Numbers:
    """How much too low each group is for a digit beside the highest stroke of the drawing.

    Returns:
        (n,) float64 in [0, 1]: 0 from half of its height on, 1 for a dot or a lying line.
    """
    highest = float(np.maximum.reduce(boxes.high[:, 1] - boxes.low[:, 1]))
    if highest == 0:
        return np.zeros(len(groups))
    heights = boxes.of_groups(groups).extents[:, 1]
    return np.maximum(1 - heights / highest / _FULL_SIZE, 0.0)
