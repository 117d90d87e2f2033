"""Which digits of a number may be signs that look like them.

A slash as high as the digits, a bracket and a quotation mark look like a 1, and a dollar like a 1
written through a 5: the network sees each at one size and by itself.  What tells them is how they
lean, bend and stand beside the other digits.  It does not tell them for sure, so they are read, and
doubted; what is a sign for sure is for :mod:`recognizer.numbers.signs`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from recognizer.boxes import Boxes
from recognizer.geometry import Points
from recognizer.numbers.candidates import Group
from recognizer.numbers.line_shapes import LineShape, measure_line
from recognizer.strokes import Mode

# Shares of the way from a stroke's one end to the other:
_STRAIGHT = 0.1  # how far a slash bends at most
_HOOKLESS = 0.2  # how far a stroke of a quotation mark bends at most
_BENT = 0.14  # how far a bracket bends at least
_BENT_AT = (0.2, 0.8)  # from where to where a bracket bends most; a 1's hook is at its end
_DETOUR = 1.6  # length of a bracket's path at most
_SAME_LEAN = 0.15  # how much the leans of two 1s by one hand differ at most, as shares of heights
# Shares of the height of the digit beside a sign, from its head down:
_LOW = 0.75  # height of a quotation mark at most
_ALOFT = 0.75  # how far down a quotation mark comes at most
_HANGING = (0.5, 1.1)  # from where a comma hangs, and how far down it comes at least
_INSIDE = (
    0.35,
    0.65,
)  # where in a digit a bar stands that is drawn through it, as shares of both sides
_LEAST = 1e-9  # share of the longest extent: what is smaller counts as a dot


def find_lookalikes(
    strokes: Sequence[Points],
    boxes: Boxes,
    digits: Sequence[Group],
    labels: Sequence[int],
    mode: Mode,
) -> set[int]:
    """Which digits of a number may be signs.

    Args:
        strokes: of the drawing, x and y downwards, in any unit.
        boxes: of them.
        digits: the strokes of each, in reading order.
        labels: what each was read as.
        mode: who asks for a ``number`` has said that an 11 is no quotation mark.

    Returns:
        places in ``digits``; none of a digit by itself.
    """
    if len(digits) < 2:
        return set()
    around = boxes.of_groups(digits)
    least = _LEAST * float(around.extents.max())
    ones = {
        place: line
        for place, (group, label) in enumerate(zip(digits, labels, strict=True))
        if len(group) == 1 and label == 1 and (line := measure_line(strokes[group[0]]))
    }
    found = {
        place
        for place, line in ones.items()
        if _is_bracket(line) or _is_off_line(around, place, least)
    }
    if mode != "number":
        found |= _quotation_mark(ones, len(digits))
    return found | _slashes(ones, len(digits)) | _struck_through(around, list(ones), least)


def _is_bracket(line: LineShape) -> bool:
    is_bent = line.bend >= _BENT and _BENT_AT[0] <= line.bent_at <= _BENT_AT[1]
    return is_bent and line.detour <= _DETOUR


def _slashes(ones: dict[int, LineShape], number: int) -> set[int]:
    """1s that lean as a slash does, and as no other 1 does.

    Between digits only a 1 at either end counts as another one, since a date has two slashes.
    """
    straight = {place: line for place, line in ones.items() if line.bend <= _STRAIGHT}
    ends = (0, number - 1)
    return {
        place
        for place, line in straight.items()
        if line.leans
        and all(
            math.copysign(1, line.lean) * (line.lean - other.lean) > _SAME_LEAN
            for at, other in straight.items()
            if at != place and (at in ends or place in ends)
        )
    }


def _quotation_mark(ones: dict[int, LineShape], number: int) -> set[int]:
    """Both strokes of an 11 without hooks: a quotation mark by itself is the same two strokes."""
    hookless = {place for place, line in ones.items() if line.bend <= _HOOKLESS}
    return hookless if number == len(hookless) == 2 else set()


def _is_off_line(around: Boxes, place: int, least: float) -> bool:
    """Whether it hangs below a neighbour's foot as a comma does, or is low and aloft."""
    low, height = around.low[:, 1], around.extents[:, 1]
    for other in (place - 1, place + 1):
        if not (0 <= other < len(height) and height[other] > least):
            continue
        head = (low[place] - low[other]) / height[other]
        foot = head + height[place] / height[other]
        is_aloft = foot - head <= _LOW and 0 < foot <= _ALOFT
        if is_aloft or (_HANGING[0] <= head < 1 and foot >= _HANGING[1]):
            return True
    return False


def _struck_through(around: Boxes, ones: Sequence[int], least: float) -> set[int]:
    """1s that stand inside another digit, as the bar of a dollar does."""
    if not ones:
        return set()
    low, extent = around.low, np.maximum(around.extents, least)
    middles = (around.low[ones] + around.high[ones]) / 2
    share = (middles[:, np.newaxis] - low) / extent  # of each 1 in each digit
    is_inside = np.logical_and.reduce((share >= _INSIDE[0]) & (share <= _INSIDE[1]), axis=2)
    is_inside[np.arange(len(ones)), ones] = False
    return {one for one, inside in zip(ones, is_inside.tolist(), strict=True) if any(inside)}
