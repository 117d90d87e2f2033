"""The weights that decide which strokes make a digit, and what each of them weighs.

They belong to a network: a run's are fitted to its own (:mod:`trainer.evaluation.grouping`), lie in
its run.json and are read by :mod:`recognizer.runs.grouping`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

LINK_FEATURES = (  # of two strokes; lengths are shares of the longer stroke
    "constant",
    "distance",  # how near they come to each other
    "no touch",  # this distance from 0 to a tenth
    "beside",  # the gap between them, from left to right
    "overlap",  # share of the narrower one's width that the other covers
    "below",  # the gap between them, from top to bottom
    "sizes",  # how equal their sizes are
    "heights",  # how equal their heights are
    "consecutive",  # drawn one after the other
)
GROUP_FEATURES = (  # of strokes that may be one digit
    "links",  # log odds of its strokes being of one digit, without the network
    "joins",  # strokes less one
    "confidence",  # log probability of its likeliest digit
    "digitness",  # log of its digitness
    "smallness",
)
NUMBER_FEATURES = (  # of a division into groups
    "constant",
    "digits",  # log of how many there are
    "digitness",  # mean log of the digits' digitness
    "link",  # the strongest between strokes of different digits, log odds
    "overlap",  # of two digits beside each other, the largest, in heights; below 0 a gap
    "whole",  # log of how likely all strokes together are no digit
)
FEATURES = {"links": LINK_FEATURES, "groups": GROUP_FEATURES, "numbers": NUMBER_FEATURES}

Part = Literal["links", "groups", "numbers"]
Bounds = tuple[float, float]

_LARGEST = 1000.0  # of a weight: more is no log odds of anything
# The network's doubts never speak for a number, so that it need not be asked where even certainty
# would not make one (:func:`recognizer.numbers.scores.may_be_number`).
_BOUNDS: dict[tuple[Part, str], Bounds] = {
    ("groups", "confidence"): (0.0, _LARGEST),
    ("groups", "digitness"): (0.0, _LARGEST),
    ("numbers", "digits"): (0.0, _LARGEST),
    ("numbers", "digitness"): (0.0, _LARGEST),
    ("numbers", "link"): (-_LARGEST, 0.0),
    ("numbers", "overlap"): (-_LARGEST, 0.0),
    ("numbers", "whole"): (0.0, _LARGEST),
}


@dataclass(frozen=True, eq=False)
class GroupingWeights:
    """How much each feature speaks for strokes being digits, in log odds.

    Attributes:
        links: (9,) float64, in the order of ``LINK_FEATURES``: for two strokes being of one digit.
        groups: (5,) float64, in the order of ``GROUP_FEATURES``: for strokes being one digit;
            ``confidence`` and ``digitness`` are 0 or more.
        numbers: (6,) float64, in the order of ``NUMBER_FEATURES``: for a division being a number;
            ``link`` and ``overlap`` are 0 or less, the others but the constant 0 or more.
    """

    links: NDArray[np.float64]
    groups: NDArray[np.float64]
    numbers: NDArray[np.float64]


def bounds(part: Part) -> list[Bounds]:
    """The lowest and the highest weight of each of a part's features, in their order."""
    return [_BOUNDS.get((part, feature), (-_LARGEST, _LARGEST)) for feature in FEATURES[part]]
