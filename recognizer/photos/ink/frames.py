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

_RECTANGULAR = 0.88  # share of the smallest rectangle around a hole that its hull fills; an 0: 0.79
_SMALLEST = 10  # pixels: shorter side of a box
_BORDER = 0.08  # share of a box's shorter side: ink that comes no farther in is the box's own
_LEAST_INSIDE = 0.25  # share of a box's shorter side: what is written in it is as large
_CLOSED = np.ones((3, 3), np.uint8)  # bridges gaps of faint lines

Hole = NDArray[np.int32]  # (n, 1, 2) x and y of its convex hull
Window = tuple[slice, slice]  # rows and columns


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
        if parent >= 0 and _is_rectangle(hull := np.asarray(cv2.convexHull(contour), np.int32)):
            framed[parent].append(hull)
    if not framed:
        return ink
    _, found = cv2.connectedComponents(mask, connectivity=8)
    labels = np.asarray(found)
    cleaned: Ink = ink.copy()
    for parent, holes in framed.items():
        written = [one for one in (_inside(ink, hole) for hole in holes) if one is not None]
        if written:
            (x, y), frame = contours[parent][0, 0], _window(contours[parent])
            cleaned[frame][labels[frame] == labels[y, x]] = 0
        for window, inside in written:
            np.maximum(cleaned[window], inside, out=cleaned[window])
    return cleaned if cleaned.any() else ink


def _window(contour: cv2.typing.MatLike) -> Window:
    """The part of the picture that a contour lies in."""
    x, y, width, height = cv2.boundingRect(contour)
    return slice(y, y + height), slice(x, x + width)


def _is_rectangle(hull: NDArray[np.int32]) -> bool:
    _, sides, _ = cv2.minAreaRect(hull)
    if min(sides) < _SMALLEST:
        return False
    return cv2.contourArea(hull) >= _RECTANGULAR * sides[0] * sides[1]


def _inside(ink: Ink, hole: Hole) -> tuple[Window, Ink] | None:
    """What is written in a box, and in which part of the picture; None where nothing is.

    A form has hundreds of boxes, so nothing here is as large as the picture.
    """
    _, sides, _ = cv2.minAreaRect(hole)
    border = max(2, round(_BORDER * min(sides)))
    window = _window(hole)
    around = ink[window]
    box = np.zeros(around.shape, np.uint8)
    corners = hole - np.array([window[1].start, window[0].start], np.int32)
    cv2.fillConvexPoly(box, corners, 1)
    cv2.drawContours(box, [corners], -1, 0, 3)
    reach = np.ones((2 * border + 1, 2 * border + 1), np.uint8)
    middle = np.asarray(cv2.erode(box, reach, borderValue=0)) > 0
    _, found, rows, _ = cv2.connectedComponentsWithStats(
        ((around > 0) & (box > 0)).astype(np.uint8), None, connectivity=8
    )
    labels = np.asarray(found)
    sizes = np.asarray(rows)[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    is_written = np.bincount(labels[middle], minlength=len(sizes)) > 0
    is_written[0] = False
    if not (sizes[is_written] >= _LEAST_INSIDE * min(sides)).any():
        return None
    return window, np.where(is_written[labels], around, 0).astype(np.uint8)
