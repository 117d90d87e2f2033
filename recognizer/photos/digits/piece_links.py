"""How likely two pieces of ink belong to one digit, before the network is asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizer.numbers.candidates import Links
from recognizer.numbers.links import measure_distances
from recognizer.photos.digits.pieces import Pieces

_NEVER = -50.0  # log odds of parts that others lie between
_PLACES = 80  # on each outline that distances are taken from, at most
_ALL_PLACES = 1500  # on all outlines together: bounds the work for many pieces

# Log odds of two pieces being one digit: by themselves, by the share of the narrower one's width
# that the other covers, by how near they come, and if both are as high as digits.
_CONSTANT = -1.0
_PER_OVERLAP = 5.0
_PER_DISTANCE = -14.0
_BOTH_HIGH = -5.0
_LOW, _HIGH = 0.35, 0.7  # heights, shares of the largest piece's, from which a piece counts as high

# Log odds of two parts of one piece being one digit, and more for the ink that the seam between
# them crosses, in heights of the piece: digits that touch do so in a small place.
_TOUCHING = 1.5
_PER_CROSSED = 12.0
_TWO_STROKES = 6.0  # more, if it crosses two strokes, as a cut through an 0 does


def weigh_pieces(pieces: Pieces) -> Links:
    """Log odds of each two pieces being of one digit.

    Args:
        pieces: at least one.

    Returns:
        (n, n) float64, symmetrical; the diagonal means nothing.
    """
    links = _weigh_apart(pieces)
    for chain in _chains(pieces):
        links[np.ix_(chain, chain)] = _NEVER
    for (one, other), seam in pieces.seams.items():
        odds = _TOUCHING + _PER_CROSSED * seam.crossed + _TWO_STROKES * (seam.strokes > 1)
        links[one, other] = links[other, one] = odds
    return links


def _weigh_apart(pieces: Pieces) -> Links:
    """Log odds of each two pieces being of one digit, if they do not hang together."""
    width, height = pieces.boxes.extents.T
    low, high = pieces.boxes.low[:, 0], pieces.boxes.high[:, 0]
    common = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    overlap = np.clip(common / np.minimum(width[:, None], width), 0, 1)
    longest = np.maximum(width, height)
    distance = _distances(pieces) / np.maximum(longest[:, None], longest)
    is_high = np.clip((height / longest.max() - _LOW) / (_HIGH - _LOW), 0, 1)
    links: Links = (
        _CONSTANT
        + _PER_OVERLAP * overlap
        + _PER_DISTANCE * distance
        + _BOTH_HIGH * np.minimum(is_high[:, None], is_high)
    )
    return links


def _distances(pieces: Pieces) -> NDArray[np.float64]:
    """(n, n) pixels: how near each two outlines come to each other, about."""
    number = min(_PLACES, max(4, _ALL_PLACES // len(pieces)))
    outlines = [line[:: -(-len(line) // number)] for line in pieces.outlines]
    x, y = np.concatenate(outlines).T
    return measure_distances(x, y, np.cumsum([0, *map(len, outlines[:-1])]))


def _chains(pieces: Pieces) -> list[list[int]]:
    """The places of pieces that were one, of each such ink from left to right."""
    chains: list[list[int]] = []
    for one, other in sorted(pieces.seams):
        if chains and chains[-1][-1] == one:
            chains[-1].append(other)
        else:
            chains.append([one, other])
    return chains
