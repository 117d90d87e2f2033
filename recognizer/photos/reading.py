"""Read a picture's file: decode it, find its ink, find its digits.

What the answer is called is for :mod:`recognizer.verdicts`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from recognizer.geometry import Ink, place_ink
from recognizer.numbers.links import Boxes
from recognizer.opinions import Opinions
from recognizer.photos.digits.grouping import AskPictures, find_digits
from recognizer.photos.digits.pieces import take_apart
from recognizer.photos.files.decoding import Grey, decode
from recognizer.photos.files.outline import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS
from recognizer.photos.ink.finding import SMALL_SIDE, find_ink, find_small_ink
from recognizer.prediction import Box, LeftOut
from recognizer.strokes import Mode

__all__ = ["MAX_PICTURE_BYTES", "MAX_PICTURE_PIXELS", "PictureReading", "read_picture"]

_COMFORTABLE_SIDE = 300  # pixels: smaller pictures are enlarged before ink is looked for


@dataclass(frozen=True, eq=False)
class PictureReading:
    """The digits of a picture in reading order; none on empty paper.

    Attributes:
        boxes: of each, in pixels of the picture as it is seen, turned upright.
        inks: of each (28, 28) uint8, 0 = paper and 255 = ink: what the network saw.
        opinions: the network's on each.
        width, height: of the upright picture, pixels.
        left_out: ink that is read as no digit.
    """

    boxes: tuple[Box, ...]
    inks: list[Ink]
    opinions: Opinions
    width: int
    height: int
    left_out: tuple[LeftOut, ...] = ()


def read_picture(content: bytes, ask: AskPictures, mode: Mode) -> PictureReading:
    """Find and read the digits of a picture.

    Args:
        content: of a PNG, JPEG, WebP, BMP or GIF file.
        ask: the network about pictures in MNIST's form; called once.
        mode: ``digit`` reads all ink as one digit; ``auto`` and ``number`` read one or several.

    Raises:
        PictureTooLargeError: it has more bytes or pixels than are read, or unpacks to too much.
        PictureTypeError: it is something else.
        PictureDamagedError: it is cut off, damaged or animated.
    """
    picture = decode(content)
    if max(picture.grey.shape) <= SMALL_SIDE:
        ink, factor = find_small_ink(picture.grey), float(picture.factor)
        boxes, inks = ([_whole(ink)], [place_ink(ink)]) if ink.any() else ([], [])
        opinions = ask(inks)
    else:
        enlarged, factor = _enlarge(picture.grey)
        factor *= picture.factor
        pieces = take_apart(find_ink(enlarged))
        if not len(pieces):
            return PictureReading((), [], ask([]), picture.width, picture.height)
        found = find_digits(pieces, ask, mode)
        boxes, inks, opinions = _corners(found.boxes), found.inks, found.opinions
    placed = tuple(Box(*(factor * number for number in box)) for box in boxes)
    return PictureReading(placed, inks, opinions, picture.width, picture.height)


def _enlarge(grey: Grey) -> tuple[Grey, float]:
    """A picture large enough to find ink on, and how many pixels of the old are one of the new."""
    times = -(-_COMFORTABLE_SIDE // max(grey.shape))
    if times == 1:
        return grey, 1.0
    size = (grey.shape[1] * times, grey.shape[0] * times)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_CUBIC), np.uint8), 1 / times


_Corners = tuple[float, float, float, float]  # x, y, width, height


def _whole(ink: Ink) -> _Corners:
    x, y, width, height = cv2.boundingRect(ink)
    return x, y, width, height


def _corners(boxes: Boxes) -> list[_Corners]:
    return [
        (*low, *extent)
        for low, extent in zip(boxes.low.tolist(), boxes.extents.tolist(), strict=True)
    ]
