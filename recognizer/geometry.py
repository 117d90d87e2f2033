"""Turn strokes into the exact picture the network was trained on.

Training and serving both call :func:`draw` and :func:`to_model_input`, and
nothing else in the project scales, centres or thickens the ink of strokes;
pictures of ink get the same form from :func:`place_ink`.
Change it here, raise ``VERSION`` and retrain: a run stores the version it was
trained with, and a run with another one is refused.

The form is MNIST's (http://yann.lecun.com/exdb/mnist/): the ink fits in 20x20
pixels with its aspect kept, anti-aliased, and its centre of mass is put in the
middle of 28x28.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

VERSION = 1
IMAGE_SIZE = 28  # side of the model input, pixels
INK_SIZE = 20  # longest side of the ink inside it, pixels (as in MNIST)
PEN_WIDTH = 2.4  # width of the pen, pixels of the model input: as much ink as MNIST's mean

_FINENESS = 8  # raster pixels along the side of a model-input pixel, for the picture
_COARSENESS = 4  # such pixels for the centre of mass alone, which needs less
_FRACTION_BITS = 4  # of the raster coordinates handed to OpenCV

Points = NDArray[np.float64]
Grey = NDArray[np.uint8]  # 0 = black and 255 = white
Ink = NDArray[np.uint8]  # 0 = paper and 255 = ink
ModelInput = NDArray[np.float32]
_Number = TypeVar("_Number", np.float64, np.int32)


def draw(strokes: Sequence[Points], pen_width: float = PEN_WIDTH) -> Ink:
    """Draw strokes with a pen whose width is relative to the drawing's size.

    Position and scale of the strokes do not matter.  A drawing without extent (a dot) is a
    disc of the pen's width in the middle; a straight line is as long as ``INK_SIZE`` and as
    wide as the pen.

    Args:
        strokes: arrays (n, 2), finite, x and y (downwards) in any unit; at least one point in
            all, strokes without points are passed over.
        pen_width: pixels of the model input, above 0 and below ``INK_SIZE``.

    Returns:
        (28, 28) uint8, 0 = paper and 255 = ink; the ink lies within 20x20 pixels and its
        centre of mass in the middle, or as near as keeps all ink inside the picture.
    """
    return draw_paths(place(strokes, pen_width), pen_width)


def place(strokes: Sequence[Points], pen_width: float = PEN_WIDTH) -> list[Points]:
    """Where in the picture the pen goes: what :func:`draw` draws along.

    Args:
        strokes: as for :func:`draw`.
        pen_width: as for :func:`draw`.

    Returns:
        arrays (n, 2) float64 in [0, 28], pixels of the model input: the strokes that have
        points.
    """
    inked = [stroke for stroke in strokes if len(stroke)]
    points = _join(inked)
    lengths = [len(stroke) for stroke in inked]
    paths, extent = _fit(points, INK_SIZE - pen_width)
    corner = (IMAGE_SIZE - extent) / 2  # of the paths' bounding box in the picture, pixels
    mass = _centre_of_mass(_rasterise(paths + corner, lengths, pen_width, _COARSENESS))
    slack = (IMAGE_SIZE - extent - pen_width) / 2
    shift = np.minimum(np.maximum(IMAGE_SIZE / 2 - mass, -slack), slack)
    return _cut(paths + (corner + shift), lengths)


def draw_paths(paths: Sequence[Points], pen_width: float = PEN_WIDTH) -> Ink:
    """Draw paths that are in place.

    Args:
        paths: what :func:`place` gave for a pen of this width.
        pen_width: pixels of the model input.

    Returns:
        (28, 28) uint8, 0 = paper and 255 = ink.
    """
    lengths = [len(path) for path in paths]
    raster = _rasterise(_join(paths), lengths, pen_width, _FINENESS)
    return cv2.resize(raster, (IMAGE_SIZE, IMAGE_SIZE), interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def place_ink(ink: Ink) -> Ink:
    """Crop, scale and centre a picture of ink, as MNIST's makers did with scanned digits.

    The ink is scaled to fit in 20x20 with its aspect kept, if it is not within a pixel of that;
    its strongest pixel is made 255, and it is moved by whole pixels, which blurs nothing.  A
    picture in this form already comes back as it is.

    Args:
        ink: (height, width) uint8 of any size, 0 = paper and 255 = ink; every pixel above 0
            counts as ink, so paper must be clean.

    Returns:
        (28, 28) uint8, 0 = paper and 255 = ink; the longer side of the ink is 20 pixels, give or
        take one, and its centre of mass within a pixel of the middle, or as near as keeps all
        ink inside the picture.

    Raises:
        ValueError: no pixel carries ink.
    """
    left, top, width, height = cv2.boundingRect(ink)
    if not width:
        raise ValueError("no pixel carries ink")
    if ink.shape == (IMAGE_SIZE, IMAGE_SIZE) and _is_placed(ink, max(width, height)):
        return ink
    scaled = _scale(ink[top : top + height, left : left + width])
    size = np.array(scaled.shape[::-1])
    corner = np.clip(np.rint(IMAGE_SIZE / 2 - _ink_centre(scaled)), 0, IMAGE_SIZE - size)
    x, y = corner.astype(int)
    placed = np.zeros((IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    placed[y : y + size[1], x : x + size[0]] = scaled
    return placed


def to_model_input(ink: Ink) -> ModelInput:
    """Scale ink to what the network reads.

    Args:
        ink: (28, 28) uint8, 0 = paper and 255 = ink; or (n, 28, 28) of many drawings.

    Returns:
        (28, 28, 1) float32 in [0, 1]; or (n, 28, 28, 1).
    """
    model_input: ModelInput = (ink / np.float32(255))[..., np.newaxis]
    return model_input


def _join(paths: Sequence[Points]) -> Points:
    """Join all points, for each operation on a small array costs as much as on a large one."""
    return paths[0] if len(paths) == 1 else np.concatenate(paths)


def _cut(points: NDArray[_Number], lengths: Sequence[int]) -> list[NDArray[_Number]]:
    """Cut joined points into paths of so many points each."""
    if len(lengths) == 1:
        return [points]
    ends = list(accumulate(lengths))
    return [points[end - length : end] for end, length in zip(ends, lengths, strict=True)]


def _fit(points: Points, size: float) -> tuple[Points, Points]:
    """Scale the paths so that their longer side is ``size``; returns them and their extent."""
    low = np.minimum.reduce(points)
    extent: Points = np.maximum.reduce(points) - low
    longest = float(max(extent))
    if longest == 0:
        return np.zeros_like(points), extent
    # Divided before multiplied: size / longest would overflow for the tiniest drawings.
    return (points - low) / longest * size, extent / longest * size


def _rasterise(points: Points, lengths: Sequence[int], pen_width: float, fineness: int) -> Ink:
    """Draw paths of so many points each on this thread's raster, ``fineness`` times as large."""
    raster = _empty_raster(IMAGE_SIZE * fineness)
    one = 1 << _FRACTION_BITS
    radius = max(1, round((pen_width * fineness - 1) / 2))
    # OpenCV's coordinates are those of pixel centres, ours those of pixel corners: half of one
    # less.  Factors are powers of two, so that the order of these operations rounds nothing.
    pixels = points * (fineness * one)
    pixels -= one / 2
    corners = np.rint(pixels, out=pixels).astype(np.int32)
    lines = []
    for path in _cut(corners, lengths):
        if _has_no_length(path):  # polylines draws nothing then
            centre = (int(path[0, 0]), int(path[0, 1]))
            cv2.circle(raster, centre, radius * one, 255, cv2.FILLED, shift=_FRACTION_BITS)
        else:
            lines.append(path)
    # OpenCV's line of thickness 2 r - 1 covers 2 r + 1 pixels across (measured, 5.0).
    thickness = 2 * radius - 1
    cv2.polylines(raster, lines, False, 255, thickness, shift=_FRACTION_BITS)
    return raster


def _has_no_length(corners: NDArray[np.int32]) -> bool:
    first = corners[0].tolist()
    if first != corners[-1].tolist():  # nearly always, and quickly seen
        return False
    return bool((corners == first).all())


_rasters = threading.local()


def _empty_raster(size: int) -> Ink:
    """This thread's own (size, size) raster, wiped: clearing one costs a tenth of a new one."""
    if not hasattr(_rasters, "by_size"):
        _rasters.by_size = {}
    if size not in _rasters.by_size:
        _rasters.by_size[size] = np.empty((size, size), np.uint8)
    raster: Ink = _rasters.by_size[size]
    raster.fill(0)
    return raster


def _centre_of_mass(raster: Ink) -> Points:
    """Centre of mass of a raster of the whole picture, x and y in pixels of the picture."""
    # All ink is 255, so binaryImage=True would give the same centre, in twice the time.
    moments = cv2.moments(raster)
    centre = np.array([moments["m10"], moments["m01"]]) / moments["m00"] + 0.5
    return centre * (IMAGE_SIZE / len(raster))


def _is_placed(ink: Ink, longest: int) -> bool:
    """Whether a (28, 28) picture is in MNIST's form already."""
    return _is_of_size(longest) and bool(np.abs(_ink_centre(ink) - IMAGE_SIZE / 2).max() <= 1)


def _is_of_size(longest: int) -> bool:
    """Whether ink needs no scaling, which would blur it.

    MNIST's is 19 or 20 pixels long; what :func:`draw` draws may begin and end within a pixel, and
    touch 21.
    """
    return abs(longest - INK_SIZE) <= 1


def _scale(cropped: Ink) -> Ink:
    """Make the longer side ``INK_SIZE``, if it is not nearly so, and the strongest pixel 255."""
    height, width = cropped.shape
    factor = 1.0 if _is_of_size(max(height, width)) else INK_SIZE / max(height, width)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    kernel = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    # In float32, for thin and faint ink has few of 255 levels left when areas are averaged.
    scaled = cv2.resize(cropped.astype(np.float32), size, interpolation=kernel)
    strongest: Ink = np.rint(scaled * (255 / scaled.max())).astype(np.uint8)
    return strongest


def _ink_centre(ink: Ink) -> Points:
    """Centre of mass of a picture, x and y in its pixels; there is ink."""
    moments = cv2.moments(ink)
    centre: Points = np.array([moments["m10"], moments["m01"]]) / moments["m00"] + 0.5
    return centre
