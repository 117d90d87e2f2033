"""How far each pixel is from its paper, whatever lamp and shadow lie on it.

First the light of the lamp is taken out, a smooth surface over the whole sheet; then everything
narrower than a sixth of the picture is filled (morphological closing, which keeps the edges of
shadows where they are).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Grey

Contrast = NDArray[np.float32]

_LEAST_GROUND = 0.28  # share of the picture at least that has the paper's grey
_LEAST_AROUND = 0.5  # share of the picture's border at least that has it
_SHADES = 50  # of 255: what differs by less from the paper is neither paper nor ink
_MOST_SHADED = 0.22  # share of the picture at most that is neither
_COARSE_SIDE = 256  # pixels: longest side of the picture that the paper is looked for on
_NARROW = 6  # times narrower than the shorter side: what is so narrow is no paper
_FITS = 4  # times that the lamp is fitted, each time without what was too dark for paper
_LAMP_STEP = 4  # pixels of the coarse picture between those that the lamp is fitted to
_DARKER = 12  # of 255: what is so much darker than the lamp's surface is no paper
_DARKEST_PAPER = 0.08  # share of white: a shadow deeper than this has no ink that could be seen


def measure_contrast(grey: Grey, sheet: NDArray[np.bool_] | None = None) -> Contrast:
    """Find paper and polarity, and measure every pixel against its paper.

    Args:
        grey: (height, width) uint8, 0 = black and 255 = white; dark ink on light paper or light
            ink on dark.
        sheet: (height, width) bool, where the paper is, if it is light on a dark table.

    Returns:
        (height, width) float32 in [0, 1]: the share of the paper's light that ink takes away, or
        of the light that dark paper lacks that it gives; about 0 on paper, 0 outside the sheet.
    """
    coarse = _shrink(grey)
    multiply = sheet is not None or not _is_dark_paper(coarse)
    if not multiply:
        grey, coarse = 255 - grey, 255 - coarse
    contrast = _measure(grey, _find_paper(coarse, sheet), multiply=multiply)
    # Noise makes the filled paper a little too light.
    contrast -= np.median(contrast if sheet is None else contrast[sheet])
    if sheet is not None:
        contrast[~sheet] = 0
    clipped: Contrast = np.clip(contrast, 0, 1).astype(np.float32)
    return clipped


def find_plain_ground(grey: Grey) -> int | None:
    """The one grey of the paper on a screenshot or a drawing, if that is what the picture is.

    Args:
        grey: (height, width) uint8.
    """
    counts = np.bincount(grey.ravel(), minlength=256)
    level = int(counts.argmax())
    away = np.abs(np.arange(256) - level)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]]).astype(np.int16)
    is_ground = counts[away <= 1].sum() >= _LEAST_GROUND * grey.size
    is_around = float((np.abs(border - level) <= 1).mean()) >= _LEAST_AROUND
    is_shaded = counts[(away > 1) & (away < _SHADES)].sum() > _MOST_SHADED * grey.size
    return level if is_ground and is_around and not is_shaded else None


def measure_plain_contrast(grey: Grey, level: int) -> Contrast:
    """Measure every pixel against paper that is of one grey; see :func:`measure_contrast`.

    Args:
        grey: (height, width) uint8, either polarity.
        level: of the paper, 0-255.
    """
    away = grey.astype(np.float32) - level
    darker, lighter = np.maximum(-away, 0), np.maximum(away, 0)
    if float((lighter**2).sum()) > float((darker**2).sum()):
        return np.asarray(lighter / np.float32(255 - level), np.float32)
    return np.asarray(darker / np.float32(max(level, 1)), np.float32)


def estimate_noise(contrast: Contrast) -> float:
    """Standard deviation of the contrast from pixel to pixel on paper, robustly."""
    right, below = np.abs(np.diff(contrast, axis=1)), np.abs(np.diff(contrast, axis=0))
    steps = [float(np.median(each)) for each in (right, below) if each.size]
    return max(steps, default=0.0) * 1.4826 / 2**0.5


def _shrink(grey: Grey) -> Grey:
    factor = min(1.0, _COARSE_SIDE / max(grey.shape))
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _is_dark_paper(coarse: Grey) -> bool:
    """Whether what sticks out of its background, most of which are paper, is light."""
    side = min(255, max(3, min(coarse.shape) // 2)) | 1
    background = cv2.medianBlur(coarse, side).astype(np.float32)
    away = coarse - background
    lighter, darker = away[away > 15], away[away < -15]
    return float((lighter**2).sum()) > float((darker**2).sum())


def _find_paper(coarse: Grey, sheet: NDArray[np.bool_] | None) -> Contrast:
    """(rows, columns) float32, 0-255: how light the paper is, everywhere."""
    size = coarse.shape[::-1]
    is_sheet = np.ones(coarse.shape, bool)
    if sheet is not None:
        whole = sheet.astype(np.uint8)
        is_sheet = np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_NEAREST)) > 0
    lamp = _fit_lamp(coarse.astype(np.float32), is_sheet)
    side = max(3, min(coarse.shape) // _NARROW) | 1
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    filled = cv2.morphologyEx(coarse / lamp, cv2.MORPH_CLOSE, window)
    return np.asarray(cv2.GaussianBlur(filled, (0, 0), 0.8) * lamp, np.float32)


def _fit_lamp(coarse: Contrast, is_sheet: NDArray[np.bool_]) -> Contrast:
    """A surface of the second degree through the lighter half of the sheet, again and again."""
    y, x = np.mgrid[-1 : 1 : 1j * len(coarse), -1 : 1 : 1j * coarse.shape[1]]  # type: ignore[misc]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    some = np.zeros(coarse.shape, bool)
    some[::_LAMP_STEP, ::_LAMP_STEP] = True
    some &= is_sheet
    if not some.any():  # a strip between them
        some = is_sheet
    places, light = terms[some], coarse[some].astype(np.float64)
    is_paper = np.ones(len(light), bool)
    surface = np.array([128.0, 0, 0, 0, 0, 0])
    for _ in range(_FITS):
        chosen = places[is_paper]
        squares = chosen.T @ chosen + 1e-6 * len(chosen) * np.eye(terms.shape[-1])
        surface = np.linalg.solve(squares, chosen.T @ light[is_paper])
        away = light - places @ surface
        is_lighter = away >= np.median(away) - _DARKER
        if is_lighter.sum() < terms.shape[-1]:
            break
        is_paper = is_lighter
    return np.asarray(np.maximum(terms @ surface, 255 * _DARKEST_PAPER), np.float32)


def _measure(grey: Grey, coarse_paper: Contrast, *, multiply: bool) -> Contrast:
    """Measure each pixel: light paper loses a share of its light to ink, dark paper gains light."""
    size = grey.shape[::-1]
    paper = cv2.resize(coarse_paper, size, interpolation=cv2.INTER_LINEAR)
    least = np.float32(255 * _DARKEST_PAPER)
    scale = np.maximum(paper, least) if multiply else np.maximum(paper, np.float32(127))
    return np.asarray((paper - grey) / scale, np.float32)
