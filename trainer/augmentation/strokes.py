"""Change a drawing as another hand, pen or tablet would have changed it.

Works on the strokes, before they are drawn: what a network sees is always ink
that :mod:`recognizer.geometry` drew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_FEWEST_POINTS = 8  # that a stroke is thinned out to; 5 cost more elsewhere than it gave


@dataclass(frozen=True)
class StrokeAugmentation:
    """How far a drawing is changed; lengths are shares of its longer side.

    Attributes:
        rotation: standard deviation, degrees.
        shear, stretch: standard deviations, the latter of the logarithm of width / height.
        warp: largest amplitude of each wave of the smooth warp.
        jitter: largest standard deviation of the noise on each point.
        grid: coarsest grid that the points may be rounded to.
        thin_out, cut, join: probabilities of losing points, of a stroke cut short, and of a
            stroke joined to the next.
        pen_widths: from and to, pixels of the model input.
    """

    rotation: float = 8.0
    shear: float = 0.15
    stretch: float = 0.15
    warp: float = 0.035
    jitter: float = 0.012
    grid: float = 0.025
    thin_out: float = 0.35
    cut: float = 0.2
    join: float = 0.1
    pen_widths: tuple[float, float] = (1.5, 3.5)


def augment_strokes(
    strokes: Sequence[Points], how: StrokeAugmentation, random: np.random.Generator
) -> list[Points]:
    """A changed copy of a drawing, in a unit of its own.

    Args:
        strokes: arrays (n, 2), x and y downwards, any unit; at least one point in all.
        how: the strength of each change.
        random: the source of chance; the same state gives the same copy.

    Returns:
        Arrays (m, 2) float64, about 1 in size; the number of strokes may have changed.
    """
    changed = [stroke for stroke in strokes if len(stroke)]
    if random.random() < how.join:
        changed = _join(changed, random)
    if random.random() < how.cut:
        changed = _cut(changed, random)
    if random.random() < how.thin_out:
        changed = _thin_out(changed, random)
    lengths = [len(stroke) for stroke in changed]
    points = _normalise(np.concatenate(changed))
    points = _warp(points, how, random) @ _affine(how, random)
    points = _disturb(points, how, random)
    return np.split(points, np.cumsum(lengths)[:-1])


def pen_width(how: StrokeAugmentation, random: np.random.Generator) -> float:
    """A pen's width, pixels of the model input."""
    return float(random.uniform(*how.pen_widths))


def _join(strokes: list[Points], random: np.random.Generator) -> list[Points]:
    """The pen was not lifted between one stroke and the next."""
    if len(strokes) < 2:
        return strokes
    first = int(random.integers(len(strokes) - 1))
    joined = np.concatenate(strokes[first : first + 2])
    return [*strokes[:first], joined, *strokes[first + 2 :]]


def _cut(strokes: list[Points], random: np.random.Generator) -> list[Points]:
    """The tablet noticed the pen late, or lost it early: at most an eighth of a stroke is gone."""
    index = int(random.integers(len(strokes)))
    stroke = strokes[index]
    lost = int(len(stroke) * random.uniform(0, 0.125))
    kept = stroke[lost:] if random.random() < 0.5 else stroke[: len(stroke) - lost]
    return [*strokes[:index], kept, *strokes[index + 1 :]]


def _thin_out(strokes: list[Points], random: np.random.Generator) -> list[Points]:
    """The tablet sampled more slowly, or unevenly: the pen's speed seems another."""
    step = random.uniform(1, 5)
    return [_keep_one_in(step, stroke, random) for stroke in strokes]


def _keep_one_in(step: float, stroke: Points, random: np.random.Generator) -> Points:
    number = max(min(len(stroke), _FEWEST_POINTS), round(len(stroke) / step))
    if number >= len(stroke):
        return stroke
    times = np.linspace(0, len(stroke) - 1, number)
    times[1:-1] += random.uniform(-0.5, 0.5, number - 2) * (times[1] - times[0])
    kept: Points = stroke[np.rint(times).astype(int)]
    return kept


def _normalise(points: Points) -> Points:
    """Into the square from -0.5 to 0.5, aspect kept."""
    low = points.min(axis=0)
    extent = points.max(axis=0) - low
    middle = low + extent / 2
    normal: Points = (points - middle) / (extent.max() or 1.0)
    return normal


def _warp(points: Points, how: StrokeAugmentation, random: np.random.Generator) -> Points:
    """Move the plane by a few slow waves, as a hand distorts a shape smoothly."""
    waves = 3
    frequencies = random.normal(0, 4.0, (2, waves))  # radians a side: about a wave or less
    phases = random.uniform(0, 2 * np.pi, waves)
    amplitudes = random.uniform(-how.warp, how.warp, (waves, 2))
    return points + np.sin(points @ frequencies + phases) @ amplitudes


def _affine(how: StrokeAugmentation, random: np.random.Generator) -> NDArray[np.float64]:
    """A matrix (2, 2) for row vectors: stretch, shear and rotation."""
    angle, shear, stretch = random.normal(0, 1, 3) * (
        np.deg2rad(how.rotation),
        how.shear,
        how.stretch / 2,
    )
    cos, sin = np.cos(angle), np.sin(angle)
    scaled = np.array([[np.exp(stretch), 0.0], [shear, np.exp(-stretch)]])
    matrix: NDArray[np.float64] = scaled @ np.array([[cos, sin], [-sin, cos]])
    return matrix


def _disturb(points: Points, how: StrokeAugmentation, random: np.random.Generator) -> Points:
    """A trembling hand, a noisy or a coarse tablet."""
    chance = random.random()
    if chance < 0.4:
        trembling: Points = points + random.normal(0, random.uniform(0, how.jitter), points.shape)
        return trembling
    if chance < 0.5 and how.grid:
        grid = how.grid * random.uniform(0.2, 1)
        rounded: Points = np.rint(points / grid) * grid
        return rounded
    return points
