"""Make of real digits what is not a digit any more: struck out, or two side by side."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Ink, place_ink

Points = NDArray[np.float64]


def strike_out(strokes: Sequence[Points], random: np.random.Generator) -> list[Points]:
    """A digit crossed out, by a cross, by two or three lines, or by a zigzag over all of it.

    One line alone is not enough: 0 and 7 are written with one.

    Args:
        strokes: arrays (n, 2), any unit.
        random: the source of chance.
    """
    points = np.concatenate([stroke for stroke in strokes if len(stroke)])
    low, high = points.min(axis=0), points.max(axis=0)
    size = max(float((high - low).max()), 1e-9)
    middle = (low + high) / 2
    half = np.maximum((high - low) / 2, 0.3 * size) * random.uniform(0.9, 1.3)
    kind = int(random.integers(3))
    if kind == 0:
        lines = [[[-1, -1], [1, 1]], [[1, -1], [-1, 1]]]
    elif kind == 1:
        heights = np.linspace(-0.4, 0.4, int(random.integers(2, 4))) + random.uniform(-0.2, 0.2)
        slope = random.uniform(-0.6, 0.6)
        lines = [[[-1, height - slope], [1, height + slope]] for height in heights]
    else:
        turns = int(random.integers(5, 11))
        zigzag = np.column_stack([np.where(np.arange(turns) % 2, 1, -1), np.linspace(-1, 1, turns)])
        lines = [(zigzag[:, ::-1] if random.random() < 0.3 else zigzag).tolist()]
    strikes = [np.array(line, float) for line in lines]
    wobble = 0.08
    return [
        *strokes,
        *(middle + half * (strike + random.normal(0, wobble, strike.shape)) for strike in strikes),
    ]


def put_side_by_side(
    left: Sequence[Points], right: Sequence[Points], random: np.random.Generator
) -> list[Points]:
    """Two digits of about the same height beside each other, near, touching or overlapping a bit.

    Args:
        left: arrays (n, 2), any unit.
        right: the same, in a unit of its own.
        random: the source of chance.
    """
    first, second = _of_height_one(left), _of_height_one(right)
    size = float(np.exp(random.normal(0, 0.15)))
    start = max(float(stroke[:, 0].max()) for stroke in first) + random.uniform(-0.1, 0.45)
    shift = np.array([start, random.normal(0, 0.1)])
    return [*first, *(stroke * size + shift for stroke in second)]


def _of_height_one(strokes: Sequence[Points]) -> list[Points]:
    """Moved so that the ink begins at x = 0, scaled to a height (or, lying, a width) of 1."""
    inked = [stroke for stroke in strokes if len(stroke)]
    points = np.concatenate(inked)
    low = points.min(axis=0)
    extent = points.max(axis=0) - low
    height = max(float(extent[1]), float(extent[0]) / 2, 1e-9)
    return [(stroke - low - [0, extent[1] / 2]) / height for stroke in inked]


def paste_side_by_side(left: Ink, right: Ink, random: np.random.Generator) -> Ink:
    """The pictures of two digits made one picture of both, in MNIST's form.

    Args:
        left: (28, 28) uint8, 0 = paper and 255 = ink, with ink.
        right: the same.
        random: the source of chance.

    Returns:
        (28, 28) uint8.
    """
    first, second = _crop(left), _crop(right)
    gap = int(random.integers(-2, 8))
    rise = int(random.integers(-3, 4))
    height = max(len(first), len(second)) + abs(rise)
    both = np.zeros((height, first.shape[1] + second.shape[1] + max(gap, 0)), np.uint8)
    both[max(-rise, 0) :][: len(first), : first.shape[1]] = first
    place = both[max(rise, 0) :][: len(second), max(first.shape[1] + gap, 0) :]
    place = place[:, : second.shape[1]]
    np.maximum(place, second[:, : place.shape[1]], out=place)
    return place_ink(both)


def _crop(ink: Ink) -> Ink:
    left, top, width, height = cv2.boundingRect(ink)
    return ink[top : top + height, left : left + width]
