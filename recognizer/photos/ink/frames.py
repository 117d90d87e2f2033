"""Leave out printed boxes: a form's, separate or adjoining, and one around a whole number.

A box is known by its hole: almost a rectangle, and with ink in it.  What is written in the boxes
stays, also where it touches them.
"""

from __future__ import annotations

from collections import defaultdict

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Ink

_RECTANGULAR = 0.88  # of the smallest rectangle around a hole, that its hull fills; 0.79 in an 0
_SMALLEST = 10  # pixels: shorter side of a box
_BORDER = 0.08  # of a box's shorter side: ink that comes no farther in is the box's own
_LEAST_INSIDE = 0.25  # of its shorter side: what is written in a box is as large
_CLOSED = np.ones((3, 3), np.uint8)  # bridges gaps of faint lines

Mask = NDArray[np.uint8]
Hole = NDArray[np.int32]  # (n, 1, 2) x and y of its convex hull


def remove_frames(ink: Ink) -> Ink:
    """The ink without boxes.

    Args:
        ink: (height, width) uint8, 0 = paper and 255 = ink.

    Returns:
        the same array where there are no boxes with something in them, else a changed copy.
    """
    mask = cv2.morphologyEx((ink > 0).astype(np.uint8), cv2.MORPH_CLOSE, _CLOSED)
    framed: dict[int, list[Hole]] = defaultdict(list)
    contours, rows = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    parents = [] if rows is None else np.asarray(rows, np.int32)[0, :, 3].tolist()
    for contour, parent in zip(contours, parents, strict=True):
        hull = np.asarray(cv2.convexHull(contour), np.int32)
        if parent >= 0 and _is_rectangle(hull):
            framed[parent].append(np.asarray(hull, np.int32))
    if not framed:
        return ink
    _, found = cv2.connectedComponents(mask, connectivity=8)
    labels = np.asarray(found)
    cleaned: Ink = ink.copy()
    for parent, holes in framed.items():
        (x, y) = contours[parent][0, 0]
        written = [one for one in (_inside(ink, hole) for hole in holes) if one is not None]
        if written:
            cleaned[labels == labels[y, x]] = 0
            cleaned = np.maximum.reduce([cleaned, *written])
    return cleaned if cleaned.any() else ink


def _is_rectangle(hull: NDArray[np.int32]) -> bool:
    _, sides, _ = cv2.minAreaRect(hull)
    if min(sides) < _SMALLEST:
        return False
    return cv2.contourArea(hull) >= _RECTANGULAR * sides[0] * sides[1]


def _inside(ink: Ink, hole: Hole) -> Ink | None:
    """What is written in a box, on a picture of its own; None where nothing is."""
    _, sides, _ = cv2.minAreaRect(hole)
    border = max(2, round(_BORDER * min(sides)))
    box = np.zeros(ink.shape, np.uint8)
    cv2.fillConvexPoly(box, hole, 1)
    cv2.drawContours(box, [hole], -1, 0, 3)
    window = np.ones((2 * border + 1, 2 * border + 1), np.uint8)
    middle = np.asarray(cv2.erode(box, window, borderValue=0)) > 0
    _, found, rows, _ = cv2.connectedComponentsWithStats(
        ((ink > 0) & (box > 0)).astype(np.uint8), None, connectivity=8
    )
    labels = np.asarray(found)
    sizes = np.asarray(rows)[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    is_written = np.bincount(labels[middle], minlength=len(sizes)) > 0
    is_written[0] = False
    if not (sizes[is_written] >= _LEAST_INSIDE * min(sides)).any():
        return None
    return np.where(is_written[labels], ink, 0).astype(np.uint8)
