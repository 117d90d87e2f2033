"""Put digits in the order in which they are read: line by line from the top, left to right."""

from __future__ import annotations

from functools import cmp_to_key, partial

import numpy as np

from recognizer.boxes import Boxes

_SAME_LINE = 0.3  # share of the lower digit's height that it has beside its neighbour in the line

Line = list[int]


def reading_order(boxes: Boxes) -> list[int]:
    """The places of digits in reading order.

    A line goes on from its last digit to the next one on the right that stands beside it, so it
    may slope or bend.

    Args:
        boxes: of the digits, y downwards.
    """
    lines: list[Line] = []
    for digit in np.argsort(boxes.low[:, 0] + boxes.high[:, 0], kind="stable").tolist():
        shares = [_beside(boxes, line[-1], digit) for line in lines]
        if shares and max(shares) >= _SAME_LINE:
            lines[int(np.argmax(shares))].append(digit)
        else:
            lines.append([digit])
    lines.sort(key=cmp_to_key(partial(_compare, boxes)))
    return [digit for line in lines for digit in line]


def _beside(boxes: Boxes, one: int, other: int) -> float:
    """Share of the lower one's height that both have in common; below 0 where they are apart."""
    low, high = boxes.low[:, 1], boxes.high[:, 1]
    common = min(high[one], high[other]) - max(low[one], low[other])
    least = min(high[one] - low[one], high[other] - low[other])
    if least == 0:  # a dot, or a lying line
        return 1.0 if common >= 0 else -1.0
    return float(common / least)


def _compare(boxes: Boxes, one: Line, other: Line) -> int:
    """Below 0 where the first line is above the second, at the digits that are nearest in x."""
    middles = (boxes.low + boxes.high) / 2
    apart = np.abs(middles[one, 0][:, None] - middles[other, 0])
    first, second = np.unravel_index(int(apart.argmin()), apart.shape)
    return int(np.sign(middles[one[int(first)], 1] - middles[other[int(second)], 1]))
