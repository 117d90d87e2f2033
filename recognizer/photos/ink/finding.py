"""Find the ink on a picture: clean paper is 0, ink is as strong as it can be, with soft edges."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Grey, Ink
from recognizer.photos.ink.contrast import (
    Contrast,
    estimate_noise,
    find_plain_ground,
    measure_contrast,
    measure_plain_contrast,
)
from recognizer.photos.ink.rules import remove_rules
from recognizer.photos.ink.sheet import find_sheet

SMALL_SIDE = 40  # pixels: a picture no larger is a digit by itself, as MNIST's are
_LEAST_CONTRAST = 0.08  # contrast of ink at least: a sheet with less is empty
_LEAST_SMALL_CONTRAST = 20  # of 255: a small picture whose strongest pixel is fainter is empty
_CLEAN = 0.8  # share of a small picture's border that is of one grey, from which it is clean
_FAINTEST_SMALL = 0.15  # share of the contrast below which an unclean small picture is paper
# Shares of the way from paper to ink:
_SEED = 0.5  # that a pixel must go to be ink by itself
_EDGE = 0.25  # that a pixel must go to be ink beside one that is ink by itself
_FULL = 0.9  # from which ink is as strong as it can be
_FLANK = (0.35, 0.65)  # halfway up the flanks of ink
_LEAST_STEEPNESS = 0.055  # from pixel to pixel halfway up the flanks; a shadow has less
# Contrasts, in standard deviations of the noise:
_LEAST_OVER_NOISE = 10  # of ink at least: a sheet with less is empty
_EDGE_OVER_NOISE = 2.1  # of a pixel that is ink at least
# Standard deviations of the noise:
_QUIET = 0.004  # above which a picture is blurred
_NOISY = 0.03  # from which it is blurred more
_BLUR, _MORE_BLUR = 0.8, 1.4  # pixels: standard deviations of the two blurs
_REACH = 300  # times smaller than the picture is what is looked at around a sure pixel


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
    if noise > _QUIET:
        blur = _BLUR if noise < _NOISY else _MORE_BLUR
        contrast = np.asarray(cv2.GaussianBlur(contrast, (0, 0), blur))
        noise = estimate_noise(contrast)
    strength = _strength(contrast, noise)
    if strength < max(_LEAST_CONTRAST, _LEAST_OVER_NOISE * noise):
        return np.zeros(grey.shape, np.uint8)
    edge = max(_EDGE * strength, _EDGE_OVER_NOISE * noise)
    ink = np.clip((contrast - edge) / (_FULL * strength - edge), 0, 1)
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
    is_clean = float(np.mean(border == paper)) > _CLEAN
    if not is_clean:
        ink[ink < _FAINTEST_SMALL * strongest] = 0
    return ink


def _strength(contrast: Contrast, noise: float) -> float:
    """The contrast of ink, which is the darker part of everything near a strong edge."""
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
    """Keep ink that is connected to a pixel that is surely ink, and does not fade like a shadow.

    Where ink hangs together with a shadow's edge, what is near the sure pixels is looked at alone.
    """
    steepness = _steepness(share)
    is_inked = ink > 0
    is_kept = _are_sharp(is_inked, share, steepness, least)
    reach = 2 * max(3, max(ink.shape) // _REACH) + 1
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
    is_flank = is_inked & (share > _FLANK[0]) & (share < _FLANK[1])
    flanks = np.bincount(labels[is_flank], minlength=number)
    total = np.bincount(labels[is_flank], steepness[is_flank], minlength=number)
    is_kept = is_seeded & ((flanks == 0) | (total >= least * flanks))
    is_kept[0] = False
    return np.asarray(is_kept[labels], np.bool_)


def _steepness(share: Contrast) -> Contrast:
    """How much each pixel differs from the next ones, noise left out."""
    smooth = cv2.GaussianBlur(share, (0, 0), 1.5)
    across, down = (cv2.Sobel(smooth, -1, x, 1 - x, scale=1 / 8) for x in (1, 0))
    return np.asarray(cv2.magnitude(across, down), np.float32)
