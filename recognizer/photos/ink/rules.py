"""Take printed lines off ruled and squared paper, and leave what is written across them.

There are at least two of them, nearly parallel (:mod:`recognizer.photos.ink.lines`).  They are
followed as they bend, and bridged: the ink above and below a line is joined across it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.photos.ink.contrast import Contrast
from recognizer.photos.ink.lines import Line, find_lines

_BLOCK = 12  # pixels along a line that are followed at once
_REACH = 6  # pixels that a line may bend away from straight
_WIDEST = 7  # pixels on each side of a line's middle that its profile is taken from
_FAINTEST = 0.01  # contrast of a line at least: what is fainter is none
_FAINTEST_IN_NOISE = 0.5  # standard deviations of the noise that a line's contrast has at least
_FOOT = 0.2  # share of a line's contrast, from which a row of the profile is the line's
_OVER_LINE = 1.8  # times a line's contrast: what is darker is ink that runs along the line
_OVER_NOISE = 3  # standard deviations of the noise that such ink is darker still


def remove_rules(contrast: Contrast, noise: float) -> Contrast:
    """The contrast without printed lines.

    Args:
        contrast: (height, width) float32 in [0, 1], 0 = paper.
        noise: its standard deviation on paper.

    Returns:
        the same array where there are no lines, else a changed copy.
    """
    across = _remove_across(contrast, noise)
    down = _remove_across(np.ascontiguousarray(across.T), noise)
    return np.ascontiguousarray(down.T)


def _remove_across(contrast: Contrast, noise: float) -> Contrast:
    lines = find_lines(contrast, noise)
    if len(lines) < 2:
        return contrast
    cleaned: Contrast = contrast.copy()
    for line in lines:
        _bridge(cleaned, contrast, _follow(contrast, line), noise)
    return cleaned


def _follow(contrast: Contrast, line: Line) -> NDArray[np.int64]:
    """(width,) rows of a line's middle, in pixels of the contrast."""
    height, width = contrast.shape
    columns = np.arange(width)
    straight = line.start + line.slope * columns
    offsets = np.arange(-_REACH, _REACH + 1)
    rows = np.clip(np.rint(straight + offsets[:, None]).astype(int), 0, height - 1)
    strip = np.asarray(cv2.blur(contrast[rows, columns], (_BLOCK | 1, 3)))
    best = offsets[strip.argmax(axis=0)].astype(np.float32)
    side = min(255, 8 * _BLOCK + 1)
    smooth = _running_median(best, side)
    return np.rint(straight + smooth).astype(np.int64)


def _running_median(values: NDArray[np.float32], side: int) -> NDArray[np.float64]:
    """(n,) medians around each value: what pulls a line aside fills less than half of a window."""
    centres = np.arange(0, len(values), max(1, side // 8))
    windows = centres[:, None] + np.arange(-side, side + 1)
    medians = np.median(values[np.clip(windows, 0, len(values) - 1)], axis=1)
    smooth: NDArray[np.float64] = np.interp(np.arange(len(values)), centres, medians)
    return smooth


def _bridge(cleaned: Contrast, contrast: Contrast, rows: NDArray[np.int64], noise: float) -> None:
    """Replace a line by what lies above and below it, in ``cleaned``."""
    height, width = contrast.shape
    columns = np.arange(width)
    inside = (rows >= 0) & (rows < height)
    if inside.sum() < 2:
        return
    offsets = np.arange(-_WIDEST, _WIDEST + 1)[:, None]
    strip = contrast[np.clip(rows + offsets, 0, height - 1), columns]
    profile = np.median(strip[:, inside], axis=1)
    floor = float(profile.min())
    peak = float(profile[_WIDEST - 1 : _WIDEST + 2].max()) - floor
    if peak < max(_FAINTEST, _FAINTEST_IN_NOISE * noise):
        return
    half = int(np.count_nonzero(profile - floor > _FOOT * peak) // 2 + 1)
    half = min(half, _WIDEST - 1)
    above = contrast[np.clip(rows - half - 1, 0, height - 1), columns]
    below = contrast[np.clip(rows + half + 1, 0, height - 1), columns]
    share = ((np.arange(-half, half + 1) + half + 1) / (2 * half + 2))[:, None]
    bridged = above * (1 - share) + below * share
    places = np.clip(rows + np.arange(-half, half + 1)[:, None], 0, height - 1)
    now = cleaned[places, columns]
    # Ink along a line is darker than the line alone.
    is_ink = contrast[places, columns] > floor + _OVER_LINE * peak + _OVER_NOISE * noise
    cleaned[places, columns] = np.where(is_ink, now, np.minimum(now, bridged))
