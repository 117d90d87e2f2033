"""Real digits as ink to put on paper: scanned ones, drawn ones and scikit-learn's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits  # type: ignore[import-untyped]

from trainer.data.mnist import Images
from trainer.data.stroke_files import LabelledDrawing

Coverage = NDArray[np.float32]  # (height, width) in [0, 1]: how much of a pixel the pen covered
MakeInk = Callable[[float], Coverage]

_FRACTION_BITS = 4  # of the coordinates handed to OpenCV
_PEN_WIDTH = 0.09  # share of the digit's height
_FINENESS = 3  # raster pixels along the side of a pixel of the sheet


@dataclass(frozen=True)
class DigitInk:
    """A digit that can be put on paper in any size.

    Attributes:
        label: the digit, 0-9.
        draw: gives its ink, cropped, for a height of the digit in pixels.
    """

    label: int
    draw: MakeInk


def scanned_digits(images: Images) -> list[DigitInk]:
    """Pictures of digits, enlarged or reduced as they are asked for."""
    return [
        DigitInk(int(label), _enlarger(_crop(ink)))
        for ink, label in zip(images.ink, images.labels, strict=True)
    ]


def small_digit_images() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The digits that come with scikit-learn.

    Returns:
        (1797, 8, 8) uint8, 0 = paper and 255 = ink, and (1797,) int64 labels.
    """
    digits = load_digits()
    return np.rint(digits.images * (255 / 16)).astype(np.uint8), digits.target.astype(np.int64)


def penned_digits(drawings: Sequence[LabelledDrawing]) -> list[DigitInk]:
    """Drawings of at least one point each, drawn with a round pen."""
    return [DigitInk(drawing.label, _pen(drawing)) for drawing in drawings]


def _crop(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    left, top, width, height = cv2.boundingRect(ink)
    return ink[top : top + height, left : left + width]


def _enlarger(ink: NDArray[np.uint8]) -> MakeInk:
    def enlarge(height: float) -> Coverage:
        factor = height / max(ink.shape)
        size = tuple(max(1, round(side * factor)) for side in ink.shape[::-1])
        kernel = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        enlarged = cv2.resize(ink.astype(np.float32) / 255, size, interpolation=kernel)
        return np.asarray(np.clip(enlarged, 0, 1), np.float32)

    return enlarge


def _pen(drawing: LabelledDrawing) -> MakeInk:
    strokes = [stroke for stroke in drawing.strokes if len(stroke)]
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    # A digit that lies is as wide as others are high.
    unit = max(float(extent[1]), float(extent[0]) / 2, 1e-9)

    def pen(height: float) -> Coverage:
        width = max(1, round(_PEN_WIDTH * height * _FINENESS))
        scale = height * _FINENESS / unit
        columns, rows = (np.ceil(extent * scale) + 2 * width + 2).astype(int).tolist()
        raster = np.zeros((rows, columns), np.uint8)
        for stroke in strokes:
            corners = ((stroke - low) * scale + width) * (1 << _FRACTION_BITS)
            path = np.rint(corners).astype(np.int32)
            cv2.polylines(raster, [path], False, 255, width, shift=_FRACTION_BITS)
            start = (int(path[0, 0]), int(path[0, 1]))
            cv2.circle(raster, start, width << (_FRACTION_BITS - 1), 255, -1, shift=_FRACTION_BITS)
        size = (max(1, columns // _FINENESS), max(1, rows // _FINENESS))
        covered = cv2.resize(raster, size, interpolation=cv2.INTER_AREA)
        return np.asarray(covered / np.float32(255), np.float32)

    return pen
