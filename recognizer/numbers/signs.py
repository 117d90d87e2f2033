"""Find strokes that are no part of any digit: decimal points, small commas and minus signs.

They are told by size and place alone, for the network sees everything at one size.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizer.numbers.links import Boxes

_LOWEST_DIGIT = 0.2  # height of a sign at most, as a share of the highest stroke's
_NARROW = 0.3  # width of a point or comma at most, the same; a minus is wider
_FREE = 0.02  # of the height at least, between a sign and what it stands beside
_FOOT = 0.7  # from here down a point stands, as a share of the height of what is beside it
_MIDDLE = (0.3, 0.7)  # where a minus stands


def find_signs(boxes: Boxes) -> list[int]:
    """The strokes that are signs, ascending; some stroke always is not.

    Args:
        boxes: of the strokes of a drawing, y downwards.
    """
    height = boxes.extents[:, 1]
    highest = float(np.maximum.reduce(height))
    is_low = height <= _LOWEST_DIGIT * highest
    low = np.flatnonzero(is_low).tolist()
    if not low:
        return []
    tall = np.flatnonzero(~is_low)
    return [stroke for stroke in low if _is_sign(boxes, stroke, tall, highest)]


def _is_sign(boxes: Boxes, stroke: int, tall: NDArray[np.int64], highest: float) -> bool:
    """Whether a low stroke stands free beside the nearest of its line, where a sign stands."""
    left, top = boxes.low[stroke]
    right, bottom = boxes.high[stroke]
    beside = np.maximum(boxes.low[tall, 0] - right, left - boxes.high[tall, 0])
    in_line = (boxes.low[tall, 1] <= bottom) & (boxes.high[tall, 1] + highest / 3 >= top)
    if not in_line.any() or beside[in_line].min() < _FREE * highest:
        return False
    nearest = tall[in_line][int(beside[in_line].argmin())]
    place = (top + bottom) / 2 - boxes.low[nearest, 1]
    share = place / (boxes.high[nearest, 1] - boxes.low[nearest, 1])
    if right - left <= _NARROW * highest:
        return bool(share >= _FOOT)
    return bool(_MIDDLE[0] <= share <= _MIDDLE[1] and right <= boxes.low[tall[in_line], 0].min())
