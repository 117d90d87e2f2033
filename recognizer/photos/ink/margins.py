"""Leave out what comes in from the picture's edge: a page's edge, a spiral binding, a table.

A digit may touch the edge too, where a picture is cut tightly, but only in a small place: what lies
along the edge is no digit, nor are the small things that hang about it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Ink

_ALONG = 0.4  # share of its longer side that something lies along the edge to belong to it
_NEAR = 0.03  # share of the picture's longer side: small things so near to it belong to it, too
_SMALL = 0.12  # share of the picture's longer side that small things have at most
_LEAST_LEFT = 0.04  # share of it that something must have that is left, or nothing is left out
_DIGIT_HEIGHT = 0.6  # share of the highest free thing's height, from which a thing may be a digit


@dataclass(frozen=True, eq=False)
class Margins:
    """Ink with and without what comes in from the edge; each is the ink itself, where it is equal.

    Attributes:
        inner: without what lies along the edge.
        free: without anything that touches it.
        is_cut: whether a digit may be among what touches it, so that one of both is wrong.
    """

    inner: Ink
    free: Ink
    is_cut: bool


def leave_out_margins(ink: Ink) -> Margins:
    """Tell the ink from what comes in from the edge.

    Args:
        ink: (height, width) uint8, 0 = paper and 255 = ink.
    """
    number, found, rows, _ = cv2.connectedComponentsWithStats(
        (ink > 0).astype(np.uint8), None, connectivity=8
    )
    labels, stats = np.asarray(found, np.int32), np.asarray(rows, np.int32)
    frame = np.concatenate([labels[0], labels[-1], labels[1:-1, 0], labels[1:-1, -1]])
    contact = np.bincount(frame, minlength=number)
    sizes = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    contact[0] = sizes[0] = 0
    is_out = contact > _ALONG * sizes
    is_small = (sizes > 0) & (sizes <= _SMALL * max(ink.shape))
    is_out = _with_neighbours(labels, is_out, is_small, round(_NEAR * max(ink.shape)))
    least = _LEAST_LEFT * max(ink.shape)
    inner = _without(ink, labels, is_out, sizes, least)
    touches = contact > 0
    free = _without(ink, labels, is_out | touches, sizes, least)
    return Margins(inner, free, free is not inner and _is_cut(stats, touches & ~is_out, touches))


def _is_cut(
    stats: NDArray[np.int32], is_in_doubt: NDArray[np.bool_], touches: NDArray[np.bool_]
) -> bool:
    """Whether something that touches the edge is as high as what does not."""
    heights = stats[:, cv2.CC_STAT_HEIGHT]
    highest = heights[1:][~touches[1:]].max(initial=0)
    return bool((heights[is_in_doubt] >= _DIGIT_HEIGHT * highest).any())


def _with_neighbours(
    labels: NDArray[np.int32], is_out: NDArray[np.bool_], is_small: NDArray[np.bool_], near: int
) -> NDArray[np.bool_]:
    """What is out, and small things near it, and small things near those."""
    if not is_out.any():
        return is_out
    # What is at most so many pixels from each other touches once it is made as much wider.
    spread = np.ones((near, near), np.uint8)
    _, found = cv2.connectedComponents(
        np.asarray(cv2.dilate((is_out | is_small)[labels].astype(np.uint8), spread)), connectivity=8
    )
    chains = np.asarray(found)
    is_reached = np.zeros(int(chains.max()) + 1, bool)
    is_reached[chains[is_out[labels]]] = True
    near_out = np.bincount(labels[is_reached[chains]], minlength=len(is_out)) > 0
    return is_out | (near_out & is_small)


def _without(
    ink: Ink,
    labels: NDArray[np.int32],
    is_out: NDArray[np.bool_],
    sizes: NDArray[np.int32],
    least: float,
) -> Ink:
    if not is_out.any() or sizes[~is_out].max(initial=0) < least:
        return ink
    return np.where(is_out[labels], 0, ink).astype(np.uint8)
