"""Read a picture's file: decode it, find its ink, find its digits.

What the answer is called is for :mod:`recognizer.verdicts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2

from recognizer.geometry import Ink
from recognizer.outputs import NetworkOutputs
from recognizer.photos.digits.grouping import AskPictures
from recognizer.photos.digits.inks import place_small
from recognizer.photos.files.decoding import MOST_SIDE, decode
from recognizer.photos.ink.finding import SMALL_SIDE, find_small_ink
from recognizer.photos.sheets import SIDE, choose, read_finest, read_sheet
from recognizer.photos.turns import doubt_if_on_side, read_turned
from recognizer.prediction import Box, LeftOut
from recognizer.strokes import Mode

_Rows = Sequence[Sequence[float]]  # x, y, width and height of each box


@dataclass(frozen=True, eq=False)
class PictureReading:
    """The digits of a picture in reading order; none on empty paper.

    Attributes:
        boxes: of each, in pixels of the picture as it is seen, turned upright.
        inks: of each (28, 28) uint8, 0 = paper and 255 = ink: what the network saw.
        outputs: the network's on each.
        width, height: of the upright picture, pixels.
        left_out: ink that is read as no digit.
    """

    boxes: tuple[Box, ...]
    inks: list[Ink]
    outputs: NetworkOutputs
    width: int
    height: int
    left_out: tuple[LeftOut, ...] = ()


def read_picture(content: bytes, ask: AskPictures, mode: Mode) -> PictureReading:
    """Find and read the digits of a picture.

    Args:
        content: of a PNG, JPEG, WebP, BMP or GIF file.
        ask: the network about pictures in MNIST's form; called once for each way to see it.
        mode: ``digit`` reads all ink as one digit; ``auto`` and ``number`` read one or several.

    Raises:
        PictureTooLargeError: it has more bytes or pixels than are read, or unpacks to too much.
        PictureTypeError: it is something else.
        PictureDamagedError: it is cut off, damaged or animated.
    """
    picture = decode(content, 2 * SIDE)
    left_out: _Rows = []
    if max(picture.grey.shape) <= SMALL_SIDE:
        ink, factor = find_small_ink(picture.grey), 1.0
        inks = [place_small(ink)] if ink.any() else []
        boxes: _Rows = [cv2.boundingRect(ink)] if inks else []
        outputs = ask(inks)
    else:
        reading = read_sheet(picture.grey, ask, mode)
        if picture.factor > 1 and not (reading and reading.is_enough):
            # Decoded again, larger: for most pictures that is spared.
            finest = read_finest(decode(content, MOST_SIDE).grey, ask, mode)
            reading = choose(reading, finest)
        if reading is None:
            return PictureReading((), [], ask([]), picture.width, picture.height)
        reading = read_turned(picture.grey, reading, ask, mode) or doubt_if_on_side(reading, ask)
        found = reading.found
        factor = max(picture.width, picture.height) / reading.side
        boxes, inks, outputs = found.boxes.tolist(), found.inks, found.outputs
        left_out = found.left_out.tolist() if found.left_out else []
    return PictureReading(
        _enlarged(boxes, factor),
        inks,
        outputs,
        picture.width,
        picture.height,
        tuple(LeftOut((), box) for box in _enlarged(left_out, factor)),
    )


def _enlarged(boxes: _Rows, factor: float) -> tuple[Box, ...]:
    return tuple(Box(*(factor * number for number in box)) for box in boxes)
