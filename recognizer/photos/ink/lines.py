"""Find printed lines: thin, straight, and all the way across the picture.

Thin ridges are added up along all slopes (Radon 1917, Hough 1962).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.photos.ink.contrast import Contrast

_COARSE_SIDE = 400  # pixels: longest side of the picture that lines are looked for on
_RIDGE = 3  # pixels of it: on each side of a ridge is paper
_FAINTEST = 0.02  # contrast that a ridge has over the paper beside it at least
_SLOPES = np.tan(np.deg2rad(np.arange(-13, 13.01, 0.5)))
_PARALLEL = 0.06  # of a slope: lines that differ by more from the middle one are no printed lines
_LEAST_COVERAGE = 0.55  # share of its length that a line must be seen on
_END = 0.1  # share of the picture's width, at each edge, that counts as a line's end
_LEAST_AT_END = 0.3  # share of an end that a line must be seen on
_LEAST_LENGTH = 0.5  # share of the picture's width that a line must have within the picture
_DENSEST = 0.25  # share of ridges above which the picture is a texture
_APART = 4  # pixels of the coarse picture between two lines
_MOST_LINES = 80  # that are taken off: no paper has more
_MOST_TRIES = 40 * _MOST_LINES  # places that are looked at for lines: bounds the work


@dataclass(frozen=True)
class Line:
    """A straight line, y = start + slope * x in pixels."""

    start: float
    slope: float

    def enlarge(self, factor: float) -> Line:
        """The line on the picture that was reduced by the factor."""
        return Line((self.start + 0.5) / factor - 0.5, self.slope)


def find_lines(contrast: Contrast, noise: float) -> list[Line]:
    """The lying lines that cross the picture, if there are any, nearly parallel.

    Args:
        contrast: (height, width) float32 in [0, 1], 0 = paper.
        noise: its standard deviation on paper.
    """
    factor = min(1.0, _COARSE_SIDE / max(contrast.shape))
    ridges = _ridges(contrast, factor, noise)
    height, width = ridges.shape
    if height < 8 * _RIDGE or width < 8 * _RIDGE or ridges.mean() > _DENSEST * 255:
        return []
    places = np.nonzero(ridges)
    coverage = np.stack([_coverage(places, (height, width), slope) for slope in _SLOPES])
    lines: list[Line] = []
    for place in np.argsort(-coverage, axis=None)[:_MOST_TRIES]:
        index, row = divmod(int(place), coverage.shape[1])
        if coverage[index, row] < _LEAST_COVERAGE or len(lines) == _MOST_LINES:
            break
        slope = float(_SLOPES[index])
        line = Line(row - slope * (width - 1) / 2, slope)
        is_new = all(_are_apart(line, other, width) for other in lines)
        if is_new and _goes_through(ridges, line):
            lines.append(line)
    return [line.enlarge(factor) for line in _parallel(lines)]


def _ridges(contrast: Contrast, factor: float, noise: float) -> NDArray[np.uint8]:
    """(rows, columns) uint8: 255 where a thin lying ridge runs, and a pixel above and below."""
    size = (max(1, round(contrast.shape[1] * factor)), max(1, round(contrast.shape[0] * factor)))
    coarse = np.asarray(cv2.resize(contrast, size, interpolation=cv2.INTER_AREA))
    coarse = np.asarray(cv2.blur(coarse, (7, 1)))
    if len(coarse) <= 2 * _RIDGE:
        return np.zeros(coarse.shape, np.uint8)
    sides = np.maximum(coarse[: -2 * _RIDGE], coarse[2 * _RIDGE :])
    ridges = np.zeros(coarse.shape, np.uint8)
    ridges[_RIDGE:-_RIDGE] = 255 * (coarse[_RIDGE:-_RIDGE] - sides > max(_FAINTEST, noise * factor))
    return np.asarray(cv2.dilate(ridges, np.ones((3, 1), np.uint8)), np.uint8)


def _coverage(
    places: tuple[NDArray[np.int64], ...], shape: tuple[int, int], slope: float
) -> NDArray[np.float64]:
    """(rows,) share of the line through each row's middle, with a slope, that runs on ridges."""
    height, width = shape
    y, x = places
    at = np.rint(y - slope * (x - (width - 1) / 2)).astype(np.int64)
    seen = np.bincount(at[(at >= 0) & (at < height)], minlength=height)
    rows = np.arange(height)
    rise = np.abs(slope) * width
    # Of a line that leaves the picture, only the part within it can be seen.
    inside = np.minimum(rows, height - 1 - rows) + rise / 2
    length = width * np.clip(inside / max(rise, 1e-9), 0, 1)
    share: NDArray[np.float64] = np.where(length >= _LEAST_LENGTH * width, seen / length.clip(1), 0)
    return share


def _goes_through(ridges: NDArray[np.uint8], line: Line) -> bool:
    """Whether a line comes from one edge of the picture and goes on to the other.

    A form's boxes and an underline do not, nor does the bar of a large 4.
    """
    height, width = ridges.shape
    end = max(1, round(_END * width))
    for columns in (np.arange(end), np.arange(width - end, width)):
        rows = np.rint(line.start + line.slope * columns).astype(np.int64)
        is_inside = (rows >= 0) & (rows < height)
        seen = ridges[rows[is_inside], columns[is_inside]] > 0
        if is_inside.any() and seen.mean() < _LEAST_AT_END:
            return False
    return True


def _are_apart(line: Line, other: Line, width: int) -> bool:
    left = line.start - other.start
    right = left + (line.slope - other.slope) * width
    return min(abs(left), abs(right), abs(left + right) / 2) >= _APART and left * right > 0


def _parallel(lines: list[Line]) -> list[Line]:
    if not lines:
        return []
    middle = float(np.median([line.slope for line in lines]))
    return [line for line in lines if abs(line.slope - middle) < _PARALLEL]
