"""Find strokes that are no part of any digit: points, commas, colons, dashes, slashes and the like.

They are told by size and place alone, for the network sees everything at one size.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.boxes import Boxes
from recognizer.geometry import Points
from recognizer.numbers.candidates import Group
from recognizer.numbers.line_shapes import measure_line

# Shares of the height of the drawing's highest stroke:
_LOW = 0.2  # height of a sign that is no comma at most
_LOW_COMMA = 0.35  # height of a comma at most
_NARROW = 0.3  # width of a point or comma at most; a minus is wider
_FREE = 0.02  # gap between a sign and what it stands beside at least
_REACH = 0.33  # how far above and below a stroke its line goes on
# Shares of the height of what stands beside a sign, from its head down:
_FOOT = 0.7  # from where a point stands
_HANGING = 1.05  # how far down a comma that is no point comes at least
_MIDDLE = (0.25, 0.75)  # from where to where the middle of a minus stands
_STRAIGHT = 0.08  # how far a slash bends at most, as a share of its length
_TALL = 1.1  # height of a slash at least, as a share of either neighbour's


def find_signs(boxes: Boxes) -> list[Group]:
    """The strokes that are signs, those of one sign together; some stroke always is none.

    Args:
        boxes: of the strokes of a drawing, y downwards.
    """
    width, height = boxes.extents.T
    highest = float(np.maximum.reduce(height))
    is_low = (height <= _LOW * highest) | (
        (height <= _LOW_COMMA * highest) & (width <= _NARROW * highest)
    )
    low = np.flatnonzero(is_low).tolist()
    if not low:
        return []
    tall = np.flatnonzero(~is_low)
    signs = [stroke for stroke in low if _is_sign(boxes, stroke, tall, highest)]
    return _join(signs, boxes, highest)


def find_dashes(boxes: Boxes) -> list[int]:
    """The pieces of a picture that are signs as wide as digits: a minus, the lines of an equals.

    Points and commas are left to others, since dust looks like them.

    Args:
        boxes: of the pieces, y downwards; at least one.
    """
    width, height = boxes.extents.T
    least = _NARROW * float(np.maximum.reduce(height))
    return [piece for sign in find_signs(boxes) for piece in sign if width[piece] > least]


def find_slashes(strokes: Sequence[Points], boxes: Boxes, digits: Sequence[Group]) -> list[int]:
    """Which of the digits of a number are slashes: straight, leaning, and taller than both beside.

    One that is as high as the digits may be a 1 that leans
    (:mod:`recognizer.numbers.lookalikes`).

    Args:
        strokes: of the drawing, x and y downwards, in any unit.
        boxes: of them.
        digits: the strokes of each, in reading order.

    Returns:
        places in ``digits``.
    """
    heights = boxes.of_groups(digits).extents[:, 1] if digits else np.empty(0)
    return [
        place
        for place in range(1, len(digits) - 1)
        if len(digits[place]) == 1
        and heights[place] >= _TALL * max(heights[place - 1], heights[place + 1])
        and _is_slash(strokes[digits[place][0]])
    ]


def _is_slash(stroke: Points) -> bool:
    """Whether a stroke is a straight line that leans."""
    line = measure_line(stroke)
    return line is not None and line.leans and line.bend <= _STRAIGHT


def _is_sign(boxes: Boxes, stroke: int, tall: NDArray[np.int64], highest: float) -> bool:
    """Whether a low stroke stands free beside the nearest of its line, where a sign stands."""
    left, top = boxes.low[stroke]
    right, bottom = boxes.high[stroke]
    beside = np.maximum(boxes.low[tall, 0] - right, left - boxes.high[tall, 0])
    reach = _REACH * highest
    in_line = (boxes.low[tall, 1] - reach <= bottom) & (boxes.high[tall, 1] + reach >= top)
    if not in_line.any() or beside[in_line].min() < _FREE * highest:
        return False
    nearest = tall[in_line][int(beside[in_line].argmin())]
    start, length = boxes.low[nearest, 1], boxes.high[nearest, 1] - boxes.low[nearest, 1]
    middle, foot = ((top + bottom) / 2 - start) / length, (bottom - start) / length
    if bottom - top > _LOW * highest and foot < _HANGING:
        return False
    if middle >= _FOOT:
        return bool(right - left <= _NARROW * highest)
    return bool(_MIDDLE[0] <= middle <= _MIDDLE[1])


def _join(signs: list[int], boxes: Boxes, highest: float) -> list[Group]:
    """Make one of signs above each other, such as a colon's points or an equals sign's lines."""
    joined: list[Group] = []
    for sign in sorted(signs, key=lambda one: float(boxes.low[one, 0])):
        last = joined[-1] if joined else ()
        if last and _is_above(boxes, last[-1], sign, highest):
            joined[-1] = tuple(sorted((*last, sign)))
        else:
            joined.append((sign,))
    return joined


def _is_above(boxes: Boxes, one: int, other: int, highest: float) -> bool:
    """Whether both cover about the same places from left to right, within a digit's height."""
    low, high = boxes.low, boxes.high
    common = min(high[one, 0], high[other, 0]) - max(low[one, 0], low[other, 0])
    apart = max(low[one, 1], low[other, 1]) - min(high[one, 1], high[other, 1])
    return bool(common >= -_FREE * highest and apart <= highest)
