"""Make numbers of real single digits: one person's digits, put side by side as people write them.

No collection of whole numbers has strokes and a free licence, so their spacing is ours: the gap
between the boxes of two digits is 10 to 40 % of a digit's height, as wide as an n's counter or a
narrow digit; digits stand on the line give or take a twentieth of their height, and keep the sizes
that their writer gave them, changed by some 8 %.  How photographs of numbers are made is elsewhere.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.data.stroke_files import LabelledDrawing

Points = NDArray[np.float64]
_Random = np.random.Generator

_SAME_SCALE = 2.5  # largest ratio of heights in a number: some writers used two tablets


@dataclass(frozen=True)
class Layout:
    """How the digits of a number stand; lengths are shares of their median height.

    Attributes:
        digits: fewest and most, each number of them equally often.
        gap: from and to, between the boxes of two neighbours; below 0 they overlap.
        rise: standard deviation of a digit's place above or below the line.
        size: standard deviation of the logarithm of each digit's change of size.
        slope: largest tilt of the line either way, degrees; the digits stay upright.
        lines: how many, with the digits divided among them as evenly as can be.
        crosses_last: whether the second strokes of 4, 5, 7 and all others are added at the end.
    """

    digits: tuple[int, int] = (2, 6)
    gap: tuple[float, float] = (0.1, 0.4)
    rise: float = 0.05
    size: float = 0.08
    slope: float = 0.0
    lines: int = 1
    crosses_last: bool = False


@dataclass(frozen=True, eq=False)
class WrittenNumber:
    """A number as somebody may have written it.

    Attributes:
        text: its digits in reading order.
        strokes: arrays (n, 2) float64, x and y (downwards), in the order they are drawn.
        groups: of each digit, in reading order, the indices of its strokes, ascending.
        drawings: the single digits that it was made of, in reading order.
    """

    text: str
    strokes: tuple[Points, ...]
    groups: tuple[tuple[int, ...], ...]
    drawings: tuple[LabelledDrawing, ...]


def write_numbers(
    drawings: Sequence[LabelledDrawing], how: Layout, count: int, seed: int
) -> list[WrittenNumber]:
    """Numbers, each of the digits of one writer.

    Args:
        drawings: of any writers; one with more drawings writes more numbers.
        how: their layout.
        count: how many numbers.
        seed: the same one gives the same numbers.
    """
    random = np.random.default_rng(seed)
    by_writer: dict[tuple[str, str], list[LabelledDrawing]] = defaultdict(list)
    for drawing in drawings:
        by_writer[drawing.source, drawing.writer].append(drawing)
    numbers = []
    for _ in range(count):
        first = drawings[int(random.integers(len(drawings)))]
        pool = [
            other
            for other in by_writer[first.source, first.writer]
            if 1 / _SAME_SCALE <= _size(other) / _size(first) <= _SAME_SCALE
        ]
        length = int(random.integers(how.digits[0], how.digits[1] + 1))
        others = [pool[int(place)] for place in random.integers(len(pool), size=length - 1)]
        numbers.append(_write_number([first, *others], how, random))
    return numbers


def _write_number(
    drawings: Sequence[LabelledDrawing], how: Layout, random: _Random
) -> WrittenNumber:
    height = float(np.median([_size(drawing) for drawing in drawings]))
    slope = math.tan(math.radians(random.uniform(-how.slope, how.slope)))
    per_line = math.ceil(len(drawings) / how.lines)
    digits: list[list[Points]] = []
    for start in range(0, len(drawings), per_line):
        line = [_inked(drawing) for drawing in drawings[start : start + per_line]]
        foot = start // per_line * random.uniform(1.5, 2.0) * height
        digits += _write_line(line, height, foot, slope, how, random)
    strokes, groups = _put_in_order(digits, how.crosses_last)
    return WrittenNumber(
        "".join(str(drawing.label) for drawing in drawings),
        strokes,
        groups,
        tuple(drawings),
    )


def _write_line(
    digits: list[list[Points]],
    height: float,
    foot: float,
    slope: float,
    how: Layout,
    random: _Random,
) -> list[list[Points]]:
    """Put digits beside each other from x = 0; y = ``foot`` is the line that they stand on."""
    end = 0.0
    written = []
    for strokes in digits:
        points = np.concatenate(strokes)
        low, high = points.min(axis=0), points.max(axis=0)
        scale = math.exp(random.normal(0, how.size))
        rise = random.normal(0, how.rise) * height
        corner = np.array([end, foot + slope * end + rise])
        middle_or_foot = np.array([low[0], high[1]])
        written.append([(stroke - middle_or_foot) * scale + corner for stroke in strokes])
        end += float(high[0] - low[0]) * scale + random.uniform(*how.gap) * height
    return written


def _put_in_order(
    digits: list[list[Points]], crosses_last: bool
) -> tuple[tuple[Points, ...], tuple[tuple[int, ...], ...]]:
    """All strokes in the order they are drawn, and which of them are whose."""
    drawn = [
        (crosses_last and nth > 0, place, nth)
        for place, strokes in enumerate(digits)
        for nth in range(len(strokes))
    ]
    order = sorted(drawn)
    groups: list[list[int]] = [[] for _ in digits]
    for index, (_, place, _) in enumerate(order):
        groups[place].append(index)
    strokes = tuple(digits[place][nth] for _, place, nth in order)
    return strokes, tuple(tuple(group) for group in groups)


def _inked(drawing: LabelledDrawing) -> list[Points]:
    return [stroke for stroke in drawing.strokes if len(stroke)]


def _size(drawing: LabelledDrawing) -> float:
    """Height of a digit; of one that lies, half its width."""
    extent = np.ptp(np.concatenate(_inked(drawing)), axis=0)
    return max(float(extent[1]), float(extent[0]) / 2, 1e-9)
