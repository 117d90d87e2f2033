"""Find the ink on a picture: clean paper is 0, ink is as strong as it can be, with soft edges."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Ink
from recognizer.photos.ink.contrast import (
    Contrast,
    estimate_noise,
    find_plain_ground,
    measure_contrast,
    measure_plain_contrast,
)
from recognizer.photos.ink.rules import remove_rules
from recognizer.photos.ink.sheet import find_sheet

Grey = NDArray[np.uint8]

SMALL_SIDE = 40  # pixels: a picture no larger is a digit by itself, as MNIST's are
_LEAST_CONTRAST = 0.08  # of ink; less is an empty sheet
_LEAST_SMALL_CONTRAST = 20  # of 255, the same for small pictures
_FAINTEST_SMALL = 0.15  # share of the contrast below which an unclean small picture is paper
_SEED = 0.5  # share of the way from paper to ink that a pixel must go to be ink by itself
_LEAST_STEEPNESS = 0.055  # a pixel, of the way from paper to ink, halfway up its flanks
_EDGE = 0.25  # the same for a pixel beside such a one


def find_ink(grey: Grey) -> Ink:
    """Find the ink on a picture of paper.

    Args:
        grey: (height, width) uint8, 0 = black and 255 = white; either polarity.

    Returns:
        (height, width) uint8, 0 = paper and 255 = ink; all 0 on an empty sheet.
    """
    sheet = find_sheet(grey)
    level = find_plain_ground(grey) if sheet is None else None
    if level is None:
        contrast = measure_contrast(grey, sheet)
    else:
        contrast = measure_plain_contrast(grey, level)
    noise = estimate_noise(contrast)
    contrast = remove_rules(contrast, noise)
    if noise > 0.004:
        contrast = np.asarray(cv2.GaussianBlur(contrast, (0, 0), 0.8 if noise < 0.03 else 1.4))
        noise = estimate_noise(contrast)
    strength = _strength(contrast, noise)
    if strength < max(_LEAST_CONTRAST, 10 * noise):
        return np.zeros(grey.shape, np.uint8)
    edge = max(_EDGE * strength, 2.10 * noise)
    ink = np.clip((contrast - edge) / (0.9 * strength - edge), 0, 1)
    ink[contrast <= edge] = 0
    least = _LEAST_STEEPNESS if level is None else 0.0
    return _keep_sharp(ink, contrast / strength, least)


def find_small_ink(grey: Grey) -> Ink:
    """Find the ink of a small picture of one digit; a clean one stays as it is.

    Args:
        grey: (height, width) uint8, either polarity; its border is paper.

    Returns:
        (height, width) uint8, 0 = paper and 255 = ink; all 0 where there is none.
    """
    border = np.concatenate([grey[[0, -1]].ravel(), grey[:, [0, -1]].ravel()])
    paper = int(np.median(border))
    away = grey.astype(np.int16) - paper
    ink: Ink = np.clip(-away if paper > 127 else away, 0, 255).astype(np.uint8)
    strongest = int(ink.max())
    if strongest < _LEAST_SMALL_CONTRAST:
        return np.zeros_like(ink)
    is_clean = float(np.mean(border == paper)) > 0.8
    if not is_clean:
        ink[ink < _FAINTEST_SMALL * strongest] = 0
    return ink


def _strength(contrast: Contrast, noise: float) -> float:
    """The contrast of ink: of the darker part of everything near a strong edge."""
    least = max(_LEAST_CONTRAST / 2, 4 * noise)
    seeds = (contrast > least).astype(np.uint8)
    if not seeds.any():
        return 0.0
    zone = np.asarray(cv2.dilate(seeds, np.ones((5, 5), np.uint8))) > 0
    values = np.rint(contrast[zone] * 255).astype(np.uint8)
    level, _ = cv2.threshold(values, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    inked = values[values > level]
    return float(np.percentile(inked, 60)) / 255 if inked.size else 0.0


def _keep_sharp(ink: NDArray[np.float32], share: Contrast, least: float) -> Ink:
    """Ink that is connected to a pixel that is surely ink, and that does not fade like a shadow.

    Where ink hangs together with a shadow's edge, what is near the sure pixels is looked at alone.
    """
    steepness = _steepness(share)
    is_inked = ink > 0
    is_kept = _are_sharp(is_inked, share, steepness, least)
    reach = 2 * max(3, max(ink.shape) // 300) + 1
    seeds = (is_inked & ~is_kept & (share > _SEED)).astype(np.uint8)
    near = cv2.dilate(seeds, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    is_near = is_inked & ~is_kept & (np.asarray(near) > 0)
    is_kept |= is_near & _are_sharp(is_near, share, steepness, least)
    return np.where(is_kept, np.rint(255 * ink), 0).astype(np.uint8)


def _are_sharp(
    is_inked: NDArray[np.bool_], share: Contrast, steepness: Contrast, least: float
) -> NDArray[np.bool_]:
    """Which pixels belong to components with a sure pixel and steep flanks."""
    number, found = cv2.connectedComponents(is_inked.astype(np.uint8), connectivity=8)
    labels = np.asarray(found)
    is_seeded = np.bincount(labels[is_inked & (share > _SEED)], minlength=number) > 0
    is_flank = is_inked & (share > 0.35) & (share < 0.65)
    flanks = np.bincount(labels[is_flank], minlength=number)
    total = np.bincount(labels[is_flank], steepness[is_flank], minlength=number)
    is_kept = is_seeded & ((flanks == 0) | (total >= least * flanks))
    is_kept[0] = False
    return np.asarray(is_kept[labels], np.bool_)


def _steepness(share: Contrast) -> Contrast:
    """Change from pixel to pixel, without that of noise."""
    smooth = cv2.GaussianBlur(share, (0, 0), 1.5)
    across, down = (cv2.Sobel(smooth, -1, x, 1 - x, scale=1 / 8) for x in (1, 0))
    return np.asarray(cv2.magnitude(across, down), np.float32)
