"""Put pieces of ink together to digits: the division for which most speaks, in reading order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recognizer.boxes import Boxes
from recognizer.geometry import Ink
from recognizer.numbers.candidates import Group, link_strength, propose
from recognizer.numbers.order import reading_order
from recognizer.numbers.partition import best_partition
from recognizer.numbers.scores import measure_smallness
from recognizer.outputs import NetworkOutputs
from recognizer.photos.digits.found import Found
from recognizer.photos.digits.inks import ink_of
from recognizer.photos.digits.piece_links import weigh_pieces
from recognizer.photos.digits.pieces import Pieces

AskPictures = Callable[[Sequence[Ink]], NetworkOutputs]

_SMALL = -6.0  # log odds of something very low beside the others being a digit
_PER_WIDTH = -8.0  # log odds of a digit being wider than usual, for each of its heights
_USUAL_WIDTH = 0.9  # heights that a digit is wide at most
_LEAST_HEIGHT = 0.6  # share of the highest piece's that a width is measured against: a minus is low
_MOST_PIECES_OF_ONE = 8  # that a broken digit has; of more, a text or a texture
# How many pictures are of one digit for each one of a number, before anything is seen of them.
_SINGLE_ODDS = {"auto": 2.0, "number": 0.25}


def find_digits(pieces: Pieces, ask: AskPictures, mode: str) -> Found:
    """Find the digits that pieces make.

    Args:
        pieces: at least one.
        ask: the network about pictures in MNIST's form; called once.
        mode: ``digit`` takes all pieces for one; ``auto`` and ``number`` differ in how often they
            expect one.
    """
    together = tuple(range(len(pieces)))
    if mode == "digit" or len(pieces) == 1:
        inks = [ink_of(pieces, together)]
        return Found(pieces.boxes.of_groups([together]), inks, ask(inks), inks[0])
    links = weigh_pieces(pieces)
    groups = [group for group in propose(links) if group != together]
    inks = [ink_of(pieces, group) for group in [*groups, together]]
    outputs = ask(inks)
    scores = _score([*groups, together], links, pieces.boxes, outputs)
    best = best_partition(groups, scores[:-1].tolist(), len(pieces))
    is_one = scores[-1] + math.log(_SINGLE_ODDS[mode]) >= scores[best].sum()
    if is_one and len(pieces) <= _MOST_PIECES_OF_ONE:
        best = [len(groups)]
    chosen = [[*groups, together][place] for place in best]
    found = _in_order(
        chosen, [inks[place] for place in best], outputs.take(best), pieces.boxes, inks[-1]
    )
    return found.without_specks().told_by_others().with_slashes_doubted()


def _score(
    groups: Sequence[Group], links: NDArray[np.float64], boxes: Boxes, outputs: NetworkOutputs
) -> NDArray[np.float64]:
    """How much speaks for each group being a digit: the sum of log odds."""
    scores: NDArray[np.float64] = (
        np.array([link_strength(links, group) for group in groups])
        + outputs.log_confidences
        + outputs.log_digitness
        + _SMALL * measure_smallness(groups, boxes)
        + _PER_WIDTH * np.maximum(_widths(groups, boxes) - _USUAL_WIDTH, 0)
    )
    return scores


def _widths(groups: Sequence[Group], boxes: Boxes) -> NDArray[np.float64]:
    """(n,) float64: the width of each group, in its heights."""
    width, height = boxes.of_groups(groups).extents.T
    widths: NDArray[np.float64] = width / np.maximum(
        height, _LEAST_HEIGHT * boxes.extents[:, 1].max()
    )
    return widths


def _in_order(
    groups: Sequence[Group],
    inks: Sequence[Ink],
    outputs: NetworkOutputs,
    pieces: Boxes,
    whole: Ink,
) -> Found:
    boxes = pieces.of_groups(groups)
    order = reading_order(boxes)
    read = outputs.take(order)
    wholeness = 1 - measure_smallness([groups[place] for place in order], pieces)
    return Found(
        boxes.take(order),
        [inks[place] for place in order],
        replace(read, digitness=read.digitness * wholeness),
        whole,
    )
