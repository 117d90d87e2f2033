"""Change a drawing as another writer, pen or tablet would have changed it.

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
        reverse: probability of strokes drawn the other way round, as left-handers do.
        hook: probability of a flick where the pen came down or went up.
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
    reverse: float = 0.0
    hook: float = 0.0
    pen_widths: tuple[float, float] = (1.5, 3.5)


def augment_drawings(
    drawings: Sequence[Sequence[Points]], how: StrokeAugmentation, random: np.random.Generator
) -> list[list[Points]]:
    """A changed copy of each drawing, in a unit of its own.

    What moves points is done for all drawings at once, since numpy's calls cost more than their
    work on one of them.

    Args:
        drawings: of each its strokes, arrays (n, 2), x and y downwards, any unit; at least one
            point in a drawing.
        how: the strength of each change.
        random: the source of chance; the same state gives the same copies.

    Returns:
        Of each drawing arrays (m, 2) float64, about 1 in size; the number of strokes may have
        changed.
    """
    changed = [_change_strokes(strokes, how, random) for strokes in drawings]
    sizes = np.array([sum(map(len, strokes)) for strokes in changed])
    points = np.concatenate([stroke for strokes in changed for stroke in strokes])
    owner = np.repeat(np.arange(len(changed)), sizes)  # the drawing that each point belongs to
    points = _normalise(points, np.cumsum(sizes) - sizes, owner)
    points = _warp(points, owner, how, random)
    points = np.einsum("pi,pij->pj", points, _affine(len(changed), how, random)[owner])
    points = _disturb(points, owner, how, random)
    return _split(points, changed)


def pen_widths(
    number: int, how: StrokeAugmentation, random: np.random.Generator
) -> NDArray[np.float64]:
    """(number,) float64: pens' widths, pixels of the model input.

    Args:
        number: of pens, n.
        how: has the narrowest and the widest, pixels of the model input.
        random: draws them, uniformly.
    """
    return random.uniform(*how.pen_widths, number)


def _change_strokes(
    strokes: Sequence[Points], how: StrokeAugmentation, random: np.random.Generator
) -> list[Points]:
    changed = [stroke for stroke in strokes if len(stroke)]
    joins, cuts, thins_out = random.random(3) < (how.join, how.cut, how.thin_out)
    if how.reverse or how.hook:  # recipes without them keep the chances they had
        reverses, hooks = random.random(2) < (how.reverse, how.hook)
        changed = _reverse(changed, random) if reverses else changed
        changed = _hook(changed, random) if hooks else changed
    if joins:
        changed = _join(changed, random)
    if cuts:
        changed = _cut(changed, random)
    return _thin_out(changed, random) if thins_out else changed


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


def _reverse(strokes: list[Points], random: np.random.Generator) -> list[Points]:
    """All strokes, or one of them, drawn from their end to their beginning."""
    if random.random() < 0.5:
        return [stroke[::-1] for stroke in strokes]
    index = int(random.integers(len(strokes)))
    return [*strokes[:index], strokes[index][::-1], *strokes[index + 1 :]]


def _hook(strokes: list[Points], random: np.random.Generator) -> list[Points]:
    """A flick at an end of the longest stroke, up to an eighth of the drawing, anywhere but on.

    Hands make them unknowingly; a 1 with one at its foot was read as a 4 (docs/recognition.md).
    """
    points = np.concatenate(strokes)
    size = float((points.max(axis=0) - points.min(axis=0)).max())
    index = max(range(len(strokes)), key=lambda at: len(strokes[at]))
    path = strokes[index] if random.random() < 0.7 else strokes[index][::-1]
    ahead = path[-1] - path[-min(len(path), 3)]
    angle = np.arctan2(ahead[1], ahead[0]) + random.uniform(0.4 * np.pi, 1.6 * np.pi)
    flick = size * random.uniform(0.03, 0.125) * np.array([np.cos(angle), np.sin(angle)])
    hooked = np.concatenate([path, path[-1:] + flick / 2, path[-1:] + flick])
    return [*strokes[:index], hooked, *strokes[index + 1 :]]


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


def _normalise(points: Points, starts: NDArray[np.int64], owner: NDArray[np.int64]) -> Points:
    """Each drawing into the square from -0.5 to 0.5, aspect kept."""
    low = np.minimum.reduceat(points, starts)
    extent = np.maximum.reduceat(points, starts) - low
    middle = low + extent / 2
    size = extent.max(axis=1, keepdims=True)
    normal: Points = (points - middle[owner]) / np.where(size == 0, 1.0, size)[owner]
    return normal


def _warp(
    points: Points, owner: NDArray[np.int64], how: StrokeAugmentation, random: np.random.Generator
) -> Points:
    """Move each plane by a few slow waves, as a hand distorts a shape smoothly."""
    number, waves = owner[-1] + 1, 3
    frequencies = random.normal(0, 4.0, (number, 2, waves))  # radians a side: a wave or less
    phases = random.uniform(0, 2 * np.pi, (number, waves))
    amplitudes = random.uniform(-how.warp, how.warp, (number, waves, 2))
    angles = np.einsum("pi,piw->pw", points, frequencies[owner]) + phases[owner]
    warped: Points = points + np.einsum("pw,pwi->pi", np.sin(angles), amplitudes[owner])
    return warped


def _affine(
    number: int, how: StrokeAugmentation, random: np.random.Generator
) -> NDArray[np.float64]:
    """Matrices (number, 2, 2) for row vectors: stretch, shear and rotation."""
    deviations = (np.deg2rad(how.rotation), how.shear, how.stretch / 2)
    angle, shear, stretch = (random.normal(0, 1, (number, 3)) * deviations).T
    cos, sin, zero = np.cos(angle), np.sin(angle), np.zeros(number)
    scaled = np.array([[np.exp(stretch), zero], [shear, np.exp(-stretch)]])
    turn = np.array([[cos, sin], [-sin, cos]])
    matrices: NDArray[np.float64] = np.einsum("ijn,jkn->nik", scaled, turn)
    return matrices


def _disturb(
    points: Points, owner: NDArray[np.int64], how: StrokeAugmentation, random: np.random.Generator
) -> Points:
    """A trembling hand, a noisy or a coarse tablet."""
    number = owner[-1] + 1
    chance = random.random(number)
    deviation = np.where(chance < 0.4, random.uniform(0, how.jitter, number), 0)
    disturbed = points + random.normal(0, 1, points.shape) * deviation[owner, np.newaxis]
    grid = (how.grid * random.uniform(0.2, 1, number))[owner, np.newaxis]
    is_coarse = ((chance >= 0.4) & (chance < 0.5))[owner] & (grid[:, 0] > 0)
    disturbed[is_coarse] = np.rint(disturbed[is_coarse] / grid[is_coarse]) * grid[is_coarse]
    return disturbed


def _split(points: Points, like: Sequence[Sequence[Points]]) -> list[list[Points]]:
    """The points of all drawings as drawings and strokes again."""
    drawings, start = [], 0
    for strokes in like:
        drawing = []
        for stroke in strokes:
            drawing.append(points[start : start + len(stroke)])
            start += len(stroke)
        drawings.append(drawing)
    return drawings
