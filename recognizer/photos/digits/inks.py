"""Give pieces of ink MNIST's form; thin pens are made as wide as the network knows them first."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import INK_SIZE, PEN_WIDTH, Ink, place_ink
from recognizer.photos.digits.pieces import Pieces, measure_pen

_FINENESS = 4  # pixels of the raster that pens are widened on, for each of the model input
_LEAST_SMALL_INK = 0.3  # of the strongest: what is fainter on a small picture is paper
_THINNEST = 1.5  # pixels of the model input: what is thinner is widened to PEN_WIDTH
_MOST_SIDE = 2 * INK_SIZE * _FINENESS  # of what is cut out of the picture; larger is thinned out


def ink_of(pieces: Pieces, group: Sequence[int]) -> Ink:
    """The picture of some pieces.

    Args:
        pieces: of a picture.
        group: places of at least one of them.

    Returns:
        (28, 28) uint8, 0 = paper and 255 = ink, in MNIST's form.
    """
    members = list(group)
    left, top = pieces.boxes.low[members].min(axis=0).astype(int)
    right, bottom = pieces.boxes.high[members].max(axis=0).astype(int)
    step = max(1, max(right - left, bottom - top) // _MOST_SIDE)
    window = (slice(top, bottom, step), slice(left, right, step))
    is_member = np.zeros(len(pieces) + 1, bool)
    is_member[np.array(members) + 1] = True
    cropped = np.where(is_member[pieces.labels[window]], pieces.ink[window], 0).astype(np.uint8)
    if not cropped.any():  # thinned out to nothing
        cropped = np.full((1, 1), 255, np.uint8)
    return place_pen(cropped)


def place_small(ink: Ink) -> Ink:
    """Give a small picture of one digit MNIST's form; one that has it already stays as it is.

    Scans of this size are grey and thin: what is ink is made black before it is placed.

    Args:
        ink: (height, width) uint8, 0 = paper and 255 = ink; some ink.

    Returns:
        (28, 28) uint8, 0 = paper and 255 = ink.
    """
    placed = place_ink(ink)
    if placed is ink:
        return ink
    fine = cv2.resize(ink, None, fx=_FINENESS, fy=_FINENESS, interpolation=cv2.INTER_CUBIC)
    strength = np.asarray(fine, np.float32) / float(ink.max())
    black = np.where(strength > _LEAST_SMALL_INK, np.rint(255 * strength.clip(0, 1)), 0)
    return place_pen(black.astype(np.uint8))


def place_pen(ink: Ink) -> Ink:
    """Give ink MNIST's form, widened where the pen would vanish in it.

    Args:
        ink: (height, width) uint8, 0 = paper and 255 = ink; some ink.

    Returns:
        (28, 28) uint8, 0 = paper and 255 = ink.
    """
    left, top, width, height = cv2.boundingRect(ink)
    cropped = ink[top : top + height, left : left + width]
    factor = INK_SIZE * _FINENESS / max(width, height)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    kernel = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    fine = np.asarray(cv2.resize(cropped, size, interpolation=kernel), np.uint8)
    missing = PEN_WIDTH - _pen_width(fine)
    if missing < PEN_WIDTH - _THINNEST:
        return place_ink(cropped)
    return place_ink(_widen(fine, missing * _FINENESS))


def _pen_width(fine: NDArray[np.uint8]) -> float:
    """The width of the pen that drew some ink, in pixels of the model input; 0 of faint ink."""
    solid = np.pad((fine > 127).astype(np.uint8), 1)
    return measure_pen(solid) / _FINENESS if solid.any() else 0.0


def _widen(fine: NDArray[np.uint8], pixels: float) -> Ink:
    side = 2 * max(1, round(pixels / 2)) + 1
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    room = np.pad(fine, side)
    return np.asarray(cv2.dilate(room, pen), np.uint8)
