"""Draw at random what is not a digit: scribbles, ticks, waves, spirals, boxes and stars.

Letters and symbols by real writers are in :mod:`trainer.data.outliers`; this is what nobody has
collected.  Digits that are spoilt or that stand beside each other are in
:mod:`trainer.augmentation.spoiling`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
_Random = np.random.Generator


def draw_scribble(random: _Random) -> list[Points]:
    """Strokes, arrays (n, 2) float64, about 1 in size, that are no digit."""
    shape = _SHAPES[int(random.integers(len(_SHAPES)))]
    strokes = shape(random)
    angle = random.uniform(-0.3, 0.3)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return [stroke @ turn for stroke in strokes]


def _tangle(random: _Random) -> list[Points]:
    """A pen that wanders for long, back and forth over itself."""
    number = int(random.integers(9, 25))
    corners = random.uniform(-0.5, 0.5, (number, 2)) * [random.uniform(0.4, 1), 1]
    return [_smooth(corners, 6 * number)]


def _zigzag(random: _Random) -> list[Points]:
    """Up and down in many narrow turns, as people fill or strike out."""
    turns = int(random.integers(5, 14))
    x = np.linspace(-0.5, 0.5, turns) + random.normal(0, 0.02, turns)
    y = np.where(np.arange(turns) % 2, 0.5, -0.5) * random.uniform(0.25, 1)
    points = np.column_stack([x, y + random.normal(0, 0.05, turns)])
    return [points if random.random() < 0.5 else _smooth(points, 5 * turns)]


def _spiral(random: _Random) -> list[Points]:
    """Rounds in rounds, two or more."""
    angle = np.linspace(0, 2 * np.pi * random.uniform(2.5, 6), 90) + random.uniform(0, 6)
    radius = np.linspace(random.uniform(0.05, 0.2), 0.5, 90)[:, np.newaxis]
    return [np.column_stack([np.cos(angle), random.choice([-1, 1]) * np.sin(angle)]) * radius]


def _tick(random: _Random) -> list[Points]:
    """Down a little, then up far."""
    far = random.uniform(0.5, 1.0)
    corners = [
        [-0.35, random.uniform(-0.05, 0.15)],
        [-0.1, 0.35],
        [far, random.uniform(-0.6, -0.3)],
    ]
    return [_smooth(np.array(corners), 18)]


def _wave(random: _Random) -> list[Points]:
    """A lying line, straight or in waves; sometimes two or three of them."""
    x = np.linspace(-0.5, 0.5, 30)
    waves, height = random.uniform(0, 4), random.uniform(0, 0.18)
    lines = int(random.integers(1, 4))
    offsets = np.arange(lines) * random.uniform(0.15, 0.4)
    line = height * np.sin(2 * np.pi * waves * x + random.uniform(0, 6))
    return [np.column_stack([x, line + offset]) for offset in offsets]


def _dots(random: _Random) -> list[Points]:
    """A few dots or very short strokes, away from each other."""
    number = int(random.integers(2, 7))
    middles = random.uniform(-0.5, 0.5, (number, 2))
    return [middle + random.normal(0, 0.03, (int(random.integers(1, 4)), 2)) for middle in middles]


def _blot(random: _Random) -> list[Points]:
    """One dot, with what a trembling pen makes of it."""
    steps = random.normal(0, 1, (int(random.integers(1, 10)), 2))
    return [np.cumsum(steps, axis=0) * 0.02]


def _polygon(random: _Random) -> list[Points]:
    """A closed box, triangle or star with straight sides."""
    number = int(random.integers(3, 8))  # more than four sides only as a star: no 0
    step = 2 if number >= 5 else 1
    angle = 2 * np.pi * (np.arange(number + 1) * step / number + random.random())
    corners = np.column_stack([np.cos(angle), np.sin(angle)]) * 0.5
    return [_along(corners + random.normal(0, 0.02, corners.shape), 8)]


def _sticks(random: _Random) -> list[Points]:
    """Several straight strokes anywhere: a fence, a mesh, a fir."""
    number = int(random.integers(3, 8))
    ends = random.uniform(-0.5, 0.5, (number, 2, 2))
    return [_along(pair, 8) for pair in ends]


def _arrow(random: _Random) -> list[Points]:
    """A line with a head, pointing anywhere."""
    angle = random.uniform(0, 2 * np.pi)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    wing = random.uniform(0.15, 0.35)
    head = np.array([[0.5 - wing, -wing], [0.5, 0], [0.5 - wing, wing]])
    line = np.array([[-0.5, 0], [0.5, 0]])
    return [_along(line, 12) @ turn, _along(head, 6) @ turn]


def _hearts(random: _Random) -> list[Points]:
    """A heart, or a flower of a few leaves."""
    angle = np.linspace(0, 2 * np.pi, 60)
    if random.random() < 0.5:
        y = -(13 * np.cos(angle) - 5 * np.cos(2 * angle) - 2 * np.cos(3 * angle)) / 32
        return [np.column_stack([np.sin(angle) ** 3 / 2, y])]
    radius = 0.3 + 0.2 * np.cos(int(random.integers(3, 7)) * angle)
    return [np.column_stack([np.cos(angle), np.sin(angle)]) * radius[:, np.newaxis]]


_SHAPES: tuple[Callable[[_Random], list[Points]], ...] = (
    *(_tangle, _zigzag, _spiral, _tick, _wave, _dots, _blot, _polygon, _sticks, _arrow, _hearts),
)


def _smooth(corners: Points, number: int) -> Points:
    """A curve through some corners: (number, 2), by a cubic through each four of them."""
    padded = np.concatenate([corners[:1], corners, corners[-1:]])
    at = np.linspace(0, len(corners) - 1, number)
    first = np.minimum(at.astype(int), len(corners) - 2)
    t = (at - first)[:, np.newaxis]
    before, here, after, beyond = (padded[first + shift] for shift in range(4))
    curve: Points = 0.5 * (
        2 * here
        + (after - before) * t
        + (2 * before - 5 * here + 4 * after - beyond) * t**2
        + (3 * here - before - 3 * after + beyond) * t**3
    )
    return curve


def _along(corners: Points, steps: int) -> Points:
    """Points at equal shares of each side of a path of straight sides."""
    at = np.linspace(0, len(corners) - 1, steps * (len(corners) - 1) + 1)
    sides = np.arange(len(corners))
    return np.column_stack([np.interp(at, sides, corners[:, axis]) for axis in (0, 1)])
