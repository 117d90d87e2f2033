"""How much speaks for strokes being these digits: their links, their sizes and the network.

Two questions, each with its weights: which of all divisions into groups is the best one (a
conditional random field over them), and whether it is a number at all, rather than one digit or
something else such as a letter (logistic regression).  The weights are the run's, fitted to its
network and to what training writers wrote (:mod:`trainer.evaluation.grouping`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.numbers.candidates import Group, Links, link_strength
from recognizer.numbers.links import Boxes
from recognizer.numbers.partition import best_partition
from recognizer.numbers.weights import GROUP_FEATURES, GroupingWeights
from recognizer.opinions import Opinions

_FULL_SIZE = 0.5  # a digit's height at least, as a share of the highest stroke's
_LOWEST = 1e-6  # of a probability: networks are surer than they should be
_MOST_DIFFERENCE = 20.0  # more says no more
_MOST_LINK = 8.0
_ROUNDING = 1e-6

Numbers = NDArray[np.float64]


def score_groups(
    groups: Sequence[Group], links: Links, boxes: Boxes, opinions: Opinions, weights: Numbers
) -> Numbers:
    """How much speaks for each group being one digit.

    Args:
        groups: n groups of strokes.
        links: log odds of each two strokes being of one digit.
        boxes: of the strokes.
        opinions: the network's, of each group.
        weights: (5,), the run's for groups.

    Returns:
        (n,) float64: their sum over a division of the strokes is its log probability, up to a
        constant.
    """
    scores: Numbers = describe_groups(groups, links, boxes, opinions) @ weights
    return scores


def describe_groups(
    groups: Sequence[Group], links: Links, boxes: Boxes, opinions: Opinions
) -> Numbers:
    """What :func:`score_groups` weighs: (n, 5) float64, in the order of ``GROUP_FEATURES``."""
    features = np.empty((len(groups), len(GROUP_FEATURES)))
    features[:, 0] = [link_strength(links, group) for group in groups]
    features[:, 1] = [len(group) - 1 for group in groups]
    features[:, 2] = np.log(np.maximum(opinions.confidences, _LOWEST))
    features[:, 3] = _log_digitness(opinions)
    features[:, 4] = measure_smallness(groups, boxes)
    return features


def number_log_odds(
    groups: Sequence[Group],
    links: Links,
    opinions: Opinions,
    difference: float,
    weights: Numbers,
) -> float:
    """Log odds of a division being a number, rather than one digit or none.

    Args:
        groups: of the division, two or more.
        links: as for :func:`score_groups`.
        opinions: on the groups.
        difference: its score less that of all strokes as one digit.
        weights: (4,), the run's for numbers.
    """
    return float(describe_number(groups, links, opinions, difference) @ weights)


def may_be_number(
    groups: Sequence[Group],
    links: Links,
    boxes: Boxes,
    whole: float,
    expectation: float,
    weights: GroupingWeights,
) -> bool:
    """Whether anything that the network could say on the groups would make them a number.

    It can say nothing better than that each is certainly a digit: a run's weights reward neither
    its doubts nor a smaller difference, which is seen to when the run is loaded.

    Args:
        groups: as for :func:`score_groups`, without all strokes as one digit.
        links: as for :func:`score_groups`.
        boxes: as for :func:`score_groups`.
        whole: the score of all strokes as one digit.
        expectation: added to the log odds of a number.
        weights: the run's.
    """
    certain = Opinions(np.ones((len(groups), 10)), np.ones(len(groups)))
    scores = score_groups(groups, links, boxes, certain, weights.groups).tolist()
    best = best_partition(groups, scores, len(links))
    # Links between digits speak against a number, so they are taken as weak as any.
    weakest = np.full_like(links, links.min())
    difference = sum(scores[place] for place in best) - whole
    alone = [(stroke,) for stroke in range(len(links))]
    log_odds = number_log_odds(alone, weakest, certain, difference, weights.numbers)
    return log_odds + expectation > -_ROUNDING


def describe_number(
    groups: Sequence[Group], links: Links, opinions: Opinions, difference: float
) -> Numbers:
    """What :func:`number_log_odds` weighs: (4,) float64, in the order of ``NUMBER_FEATURES``."""
    owner = np.empty(len(links), np.int64)
    for place, group in enumerate(groups):
        owner[list(group)] = place
    link = links[owner[:, np.newaxis] != owner].max()
    return np.array(
        [
            1.0,
            min(max(difference, -_MOST_DIFFERENCE), _MOST_DIFFERENCE),
            min(max(link, -_MOST_LINK), _MOST_LINK),
            np.minimum.reduce(_log_digitness(opinions)),
        ]
    )


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


def _log_digitness(opinions: Opinions) -> Numbers:
    logarithms: Numbers = np.log(np.maximum(opinions.digitness, _LOWEST))
    return logarithms
