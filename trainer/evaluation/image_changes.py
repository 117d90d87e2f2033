"""Pictures of digits moved, turned, sheared, scaled, of other pens, noisy, blurred and faded.

Where a change has a direction, neighbouring samples get different ones; chance
has a fixed seed.  So a change is the same for every run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import IMAGE_SIZE

Picture = NDArray[np.float32]  # (28, 28) in [0, 1], 0 = paper
Pictures = NDArray[np.float32]  # (n, 28, 28, 1), the same
ImageChange = Callable[[Pictures], Pictures]

_SIZE = (IMAGE_SIZE, IMAGE_SIZE)
_MIDDLE = ((IMAGE_SIZE - 1) / 2, (IMAGE_SIZE - 1) / 2)
_DIRECTIONS = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))
_FINENESS = 4  # pixels of the raster that pens are changed on, for each of the picture's
_SEED = 28


def shifted(pixels: int) -> ImageChange:
    """Move by whole pixels, in turn to one of the eight sides and corners."""

    def shift(picture: Picture, place: int) -> object:
        x, y = _DIRECTIONS[place % len(_DIRECTIONS)]
        return _warp(picture, np.array([[1.0, 0.0, x * pixels], [0.0, 1.0, y * pixels]]))

    return _one_by_one(shift)


def turned(degrees: float) -> ImageChange:
    """Turn around the middle, in turn to the left and to the right."""
    matrices = [_turn_and_scale(degrees, 1.0), _turn_and_scale(-degrees, 1.0)]
    return _one_by_one(lambda picture, place: _warp(picture, matrices[place % 2]))


def scaled(factor: float) -> ImageChange:
    """Make larger or smaller around the middle."""
    matrix = _turn_and_scale(0.0, factor)
    return _one_by_one(lambda picture, _: _warp(picture, matrix))


def sheared(share: float) -> ImageChange:
    """Slant by so many pixels a pixel of height, in turn to the left and to the right."""
    middle = _MIDDLE[1]
    matrices = [
        np.array([[1.0, side * share, -side * share * middle], [0.0, 1.0, 0.0]]) for side in (1, -1)
    ]
    return _one_by_one(lambda picture, place: _warp(picture, matrices[place % 2]))


def thickened(pixels: float) -> ImageChange:
    """Grow the ink by so much on each side."""
    return _one_by_one(lambda picture, _: _morph(picture, pixels, cv2.MORPH_DILATE))


def thinned(pixels: float) -> ImageChange:
    """Take so much ink off each side; what is thinner vanishes."""
    return _one_by_one(lambda picture, _: _morph(picture, pixels, cv2.MORPH_ERODE))


def noisy(deviation: float) -> ImageChange:
    """Add normal noise to every pixel; ``deviation`` is a share of full ink."""

    def change(pictures: Pictures) -> Pictures:
        noise = np.random.default_rng(_SEED).normal(0, deviation, pictures.shape)
        return _within_bounds(pictures + noise)

    return change


def blurred(deviation: float) -> ImageChange:
    """Blur with a bell of this standard deviation, pixels."""
    return _one_by_one(lambda picture, _: cv2.GaussianBlur(picture, (0, 0), deviation))


def faded(share: float) -> ImageChange:
    """Leave so much of the ink's strength."""
    return lambda pictures: _within_bounds(pictures * share)


def _one_by_one(change: Callable[[Picture, int], object]) -> ImageChange:
    """A change of all pictures from that of one, which is told its place too."""

    def change_all(pictures: Pictures) -> Pictures:
        changed = [change(picture[..., 0], place) for place, picture in enumerate(pictures)]
        return _within_bounds(np.stack([np.asarray(one) for one in changed])[..., np.newaxis])

    return change_all


def _within_bounds(pictures: NDArray[np.floating[Any]]) -> Pictures:
    bounded: Pictures = np.clip(pictures, 0, 1).astype(np.float32)
    return bounded


def _warp(picture: Picture, matrix: NDArray[np.float64]) -> object:
    return cv2.warpAffine(picture, matrix, _SIZE, flags=cv2.INTER_CUBIC)


def _turn_and_scale(degrees: float, factor: float) -> NDArray[np.float64]:
    return np.asarray(cv2.getRotationMatrix2D(_MIDDLE, degrees, factor))


def _morph(picture: Picture, pixels: float, operation: int) -> object:
    """Grow or shrink the ink on a finer raster, so that parts of a pixel count."""
    fine = (IMAGE_SIZE * _FINENESS, IMAGE_SIZE * _FINENESS)
    side = 2 * round(pixels * _FINENESS) + 1
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    raster = cv2.resize(picture, fine, interpolation=cv2.INTER_CUBIC)
    return cv2.resize(cv2.morphologyEx(raster, operation, pen), _SIZE, interpolation=cv2.INTER_AREA)


# What is done, and how much of it.
IMAGE_CHANGES: dict[str, dict[str, ImageChange]] = {
    "shifted": {f"{pixels} px": shifted(pixels) for pixels in (1, 2, 3, 4)},
    "turned": {f"±{degrees}°": turned(degrees) for degrees in (10, 20, 30)},
    "scaled": {f"{percent} %": scaled(percent / 100) for percent in (60, 80, 120, 140)},
    "sheared": {f"±{percent} %": sheared(percent / 100) for percent in (10, 20, 30)},
    "thinned": {f"{pixels} px a side": thinned(pixels) for pixels in (0.25, 0.5, 0.75)},
    "thickened": {f"{pixels} px a side": thickened(pixels) for pixels in (0.5, 1.0, 1.5)},
    "noisy": {f"{percent} %": noisy(percent / 100) for percent in (10, 20, 40)},
    "blurred": {f"{pixels} px": blurred(pixels) for pixels in (0.5, 1.0, 1.5)},
    "faded": {f"to {percent} %": faded(percent / 100) for percent in (75, 50, 25)},
}
