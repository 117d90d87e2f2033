"""Generated paper with real digits written on it; everything follows from the seed.

What sheets look like stands in :mod:`trainer.synthesis.appearances`; pictures become
files in :mod:`trainer.synthesis.picture_files`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.synthesis.appearances import Appearance
from trainer.synthesis.cameras import Light, photograph
from trainer.synthesis.digit_inks import Coverage, DigitInk
from trainer.synthesis.printing import Place, print_lines

Rgb = NDArray[np.uint8]  # (height, width, 3)
_Random = np.random.Generator


@dataclass(frozen=True, eq=False)
class Sheet:
    """A picture and what stands on it.

    Attributes:
        picture: (height, width, 3) uint8, red, green, blue.
        text: the digits in reading order.
    """

    picture: Rgb
    text: str


def make_sheets(digits: Sequence[DigitInk], how: Appearance, count: int, seed: int) -> list[Sheet]:
    """Sheets with digits chosen at random.

    Args:
        digits: to choose from.
        how: what the sheets look like.
        count: how many.
        seed: the same one gives the same sheets.
    """
    random = np.random.default_rng(seed)
    return [_make_sheet(digits, how, random) for _ in range(count)]


def _make_sheet(digits: Sequence[DigitInk], how: Appearance, random: _Random) -> Sheet:
    height = random.uniform(*how.height)
    rows = [
        [digits[place] for place in random.integers(len(digits), size=_length(how, random))]
        for _ in range(how.lines)
    ]
    coverage, lines = _write(rows, height, how, random)
    light = _print_on_paper(coverage, lines, height, how, random)
    seen = photograph(light, how, random)
    text = "".join(str(digit.label) for row in rows for digit in row)
    return Sheet(np.rint(np.clip(seen, 0, 1) * 255).astype(np.uint8), text)


def _length(how: Appearance, random: _Random) -> int:
    return int(random.integers(how.digits[0], how.digits[1] + 1))


def _write(
    rows: list[list[DigitInk]], height: float, how: Appearance, random: _Random
) -> tuple[Coverage, list[list[Place]]]:
    """Ink of all digits on a sheet large enough for them, and where each digit of a line is."""
    slope = math.tan(math.radians(random.uniform(-how.slope, how.slope)))
    placed: list[tuple[float, float, Coverage]] = []
    foot = 0.0
    for row in rows:
        x = 0.0
        for digit in row:
            ink = digit.draw(height * math.exp(random.normal(0, 0.07)))
            y = foot + slope * x + random.normal(0, 0.04) * height - len(ink)
            placed.append((x, y, ink))
            x += ink.shape[1] + random.uniform(*how.gap) * height
        foot += height * random.uniform(1.5, 2.0)
    margins = random.uniform(*how.margin, 4) * height
    left, top = (min(place[axis] for place in placed) - margins[axis] for axis in (0, 1))
    right = max(x + ink.shape[1] for x, _, ink in placed) + margins[2]
    bottom = max(y + ink.shape[0] for _, y, ink in placed) + margins[3]
    sheet = np.zeros((math.ceil(bottom - top) + 1, math.ceil(right - left) + 1), np.float32)
    for x, y, ink in placed:
        at = sheet[int(y - top) :, int(x - left) :][: ink.shape[0], : ink.shape[1]]
        np.maximum(at, ink[: at.shape[0], : at.shape[1]], out=at)
    places = iter(
        (x - left, y - top, x - left + ink.shape[1], y - top + len(ink)) for x, y, ink in placed
    )
    return sheet, [[next(places) for _ in row] for row in rows]


def _print_on_paper(
    coverage: Coverage,
    lines: list[list[Place]],
    height: float,
    how: Appearance,
    random: _Random,
) -> Light:
    """Paper, printed lines and ink as they reflect light."""
    light = np.full((*coverage.shape, 3), how.paper, np.float32)
    printed = print_lines(coverage.shape, lines, height, how, random)
    light *= 1 - how.rule_ink * printed[..., np.newaxis] * np.array([1.0, 0.7, 0.35], np.float32)
    strength = random.uniform(*how.ink)
    if how.grain:
        tooth = cv2.GaussianBlur(random.random(coverage.shape, np.float32), (0, 0), 0.8)
        coverage = coverage * np.clip(1 - how.grain * (tooth - 0.35) * 3, 0.15, 1)
    amount = (coverage * strength)[..., np.newaxis]
    light = light * (1 - amount) + amount * np.array(how.ink_colour, np.float32)
    for _ in range(how.specks):
        y, x = (int(random.integers(side)) for side in coverage.shape)
        cv2.circle(light, (x, y), 1, (0.4, 0.4, 0.4), -1)
    return np.asarray(1 - light if how.inverted else light, np.float32)
