"""Put a sign that somebody really wrote between the digits of a number.

No file says how large a sign was beside its writer's digits and where on the line it stood, so that
is ours, by its kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.data.outliers import Outlier
from trainer.data.stroke_files import LabelledDrawing
from trainer.synthesis.numbers import Layout, WrittenNumber, write_numbers

Points = NDArray[np.float64]

_ALOFT = frozenset("\"'")
_HEIGHTS = (0.9, 1.1)  # of a sign as high as digits, as a share of theirs
_LOW_HEIGHTS = (0.3, 0.6)  # of a quotation mark or a comma
_COMMA_HEAD = 0.85  # how far down it begins, as a share of the digits' height
_LOW = frozenset("\"',")
_GAP = (0.1, 0.4)  # on both sides, as a share of the digits' height


@dataclass(frozen=True, eq=False)
class SignedNumber:
    """A number with a sign in it: its digits, and all strokes, the sign's last."""

    text: str
    strokes: tuple[Points, ...]


def write_signed_numbers(
    digits: Sequence[LabelledDrawing], signs: Sequence[Outlier], count: int, seed: int
) -> list[SignedNumber]:
    """Numbers of two to four digits, each with one of the signs between its first two.

    Args:
        digits: of any writers; each number's are by one.
        signs: to choose from; at least one.
        count: how many numbers.
        seed: the same one gives the same numbers.
    """
    random = np.random.default_rng(seed)
    numbers = write_numbers(digits, Layout(digits=(2, 4)), count, seed)
    chosen = random.integers(len(signs), size=count).tolist()
    return [
        _sign(number, signs[place], random) for number, place in zip(numbers, chosen, strict=True)
    ]


def _sign(number: WrittenNumber, sign: Outlier, random: np.random.Generator) -> SignedNumber:
    """Move all digits but the first aside, and put the sign between."""
    first = set(number.groups[0])
    before = np.concatenate([number.strokes[stroke] for stroke in first])
    height = float(np.ptp(np.concatenate(number.strokes)[:, 1]))
    drawn = _scaled(sign, height, random)
    width = float(max(stroke[:, 0].max() for stroke in drawn))
    left = float(before[:, 0].max()) + random.uniform(*_GAP) * height
    top = float(np.concatenate(number.strokes)[:, 1].min())
    corner = np.array([left, top + _head(sign.character, drawn, height)])
    placed = [stroke + corner for stroke in drawn]
    rest = [stroke for place, stroke in enumerate(number.strokes) if place not in first]
    start = min(float(stroke[:, 0].min()) for stroke in rest)
    aside = np.array([left + width + random.uniform(*_GAP) * height - start, 0.0])
    moved = [
        stroke if place in first else stroke + aside for place, stroke in enumerate(number.strokes)
    ]
    return SignedNumber(number.text, (*moved, *placed))


def _scaled(sign: Outlier, height: float, random: np.random.Generator) -> list[Points]:
    """The sign's strokes with their corner at the origin, as high as such signs are."""
    strokes = [stroke for stroke in sign.strokes if len(stroke)]
    points = np.concatenate(strokes)
    share = random.uniform(*(_LOW_HEIGHTS if sign.character in _LOW else _HEIGHTS))
    scale = share * height / max(float(np.ptp(points[:, 1])), 1e-9)
    return [(stroke - points.min(axis=0)) * scale for stroke in strokes]


def _head(character: str, drawn: Sequence[Points], height: float) -> float:
    """How far below the digits' upper ends a sign begins."""
    if character in _ALOFT:
        return 0.0
    if character in _LOW:
        return _COMMA_HEAD * height
    return height - float(max(stroke[:, 1].max() for stroke in drawn))
