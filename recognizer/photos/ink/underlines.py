"""Leave out long straight lines that lie under, over or through digits: underlines, mostly.

A line is known by its length beside its thickness and beside what stands on it.  It is taken away
where nothing crosses it (as staff lines are from music), so digits that touch it stay whole.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Ink

_SLOPES = np.tan(np.deg2rad(np.arange(-12, 12.01, 0.5)))
_LEAST_WIDTH = 2.0  # of a component, in its heights: digits that hang together on a line
_LEAST_SHARE = 0.1  # of the picture's longer side that a line is long at least
_MOST = 200  # components, the widest: a page of thousands of dashes has no underlines
_LEAST_LENGTH = 0.8  # share of the component's width that the line runs along
_THICKEST = 0.12  # share of its length
_ALONE = 0.9  # share of a component's ink, from which the line is all of it
_CROSSING = 1.7  # times the line's thickness: ink that is as high at a column is written across it
_LEAST_ABOVE = 1.1  # length of a line by itself, in heights of what stands over it


def remove_underlines(ink: Ink) -> tuple[Ink, bool]:
    """The ink without underlines.

    Args:
        ink: (height, width) uint8, 0 = paper and 255 = ink.

    Returns:
        the same array where there are none, else a changed copy, never an empty one; and whether
        a line touched digits, so that a part of them may have gone with it, as a 2's foot.
    """
    _, found, rows, _ = cv2.connectedComponentsWithStats(
        (ink > 0).astype(np.uint8), None, connectivity=8
    )
    labels, stats = np.asarray(found, np.int32), np.asarray(rows, np.int32)
    cleaned, touched = ink, False
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    are_long = (widths >= _LEAST_WIDTH * heights) & (widths >= _LEAST_SHARE * max(ink.shape))
    are_long[0] = False  # the paper
    long = np.flatnonzero(are_long)
    for component in long[np.argsort(-widths[long], kind="stable")][:_MOST].tolist():
        left, top, width, height, area = stats[component].tolist()
        window = (slice(top, top + height), slice(left, left + width))
        line = _find_line(labels[window] == component)
        if line is None:
            continue
        is_alone = line.sum() > _ALONE * area
        if not is_alone or _is_under(stats, component):
            cleaned = ink.copy() if cleaned is ink else cleaned
            cleaned[window][line] = 0
            touched |= not is_alone
    return (cleaned, touched) if cleaned.any() else (ink, False)


def _find_line(mask: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """Where a line runs along the whole component, less what crosses it; None without one."""
    height, width = mask.shape
    y, x = np.nonzero(mask)
    best = max((np.bincount(_rows(y, x, slope, width) + width).max(), slope) for slope in _SLOPES)
    if best[0] < _LEAST_LENGTH * width:
        return None
    slope = float(best[1])
    row = int(np.bincount(_rows(y, x, slope, width) + width).argmax()) - width
    at = np.rint(row + slope * (np.arange(width) - width / 2)).astype(int)
    starts, ends = _runs(mask, at)
    thickness = float(np.median((ends - starts)[ends > starts]))
    if thickness > _THICKEST * width:
        return None
    places = np.arange(height)[:, None]
    is_plain = ends - starts <= _CROSSING * thickness + 1
    return np.asarray((places >= starts) & (places < ends) & is_plain & mask, np.bool_)


def _rows(
    y: NDArray[np.int64], x: NDArray[np.int64], slope: float, width: int
) -> NDArray[np.int64]:
    """Where a line with a slope through each pixel is in the middle of the component."""
    return np.rint(y - slope * (x - width / 2)).astype(np.int64)


def _runs(
    mask: NDArray[np.bool_], at: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First row, and that behind the last, of the ink that each column has at a place."""
    height, width = mask.shape
    columns = np.arange(width)
    inside = np.clip(at, 0, height - 1)
    rows = np.arange(height)[:, None]
    above = np.where(~mask & (rows <= inside), rows, -1).max(axis=0) + 1
    below = np.where(~mask & (rows >= inside), rows, height).min(axis=0)
    is_there = mask[inside, columns]
    return np.where(is_there, above, inside), np.where(is_there, below, inside)


def _is_under(stats: NDArray[np.int32], line: int) -> bool:
    """Whether something stands on a line, or several things do, that it is long beside."""
    left, top, width, height, _ = stats[line].tolist()
    others = np.delete(stats, [0, line], axis=0)
    x, y, w, h, _ = others.T
    is_over = (x < left + width) & (x + w > left) & (y + h / 2 < top + height / 2) & (h > height)
    if not is_over.any():
        return False
    return bool(is_over.sum() > 1 or width >= _LEAST_ABOVE * h[is_over].max())
