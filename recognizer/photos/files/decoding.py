"""Decode a picture's file into greys, within a bounded memory and without touching the disk.

The content decides which format it is, whatever it is called.  Every file is walked through before
a decoder sees it (:mod:`recognizer.photos.files.outline`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL import Image

from recognizer.errors import PictureError, PictureTooLargeError, PictureTypeError
from recognizer.geometry import Grey
from recognizer.limits import MAX_PICTURE_BYTES
from recognizer.photos.files import bmp, gif, jpeg, png, webp
from recognizer.photos.files.greys import grey_by_bands, grey_of
from recognizer.photos.files.orientation import read_orientation, turn_upright
from recognizer.photos.files.outline import FIELD, Outline, damaged, too_much_work

MOST_SIDE = 1680  # pixels: longest side that a picture is ever decoded to


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded picture, upright.

    Attributes:
        grey: (height, width) uint8, 0 = black and 255 = white, no larger a side than was asked for.
        factor: how many pixels of the file are one of ``grey``, along a side.
        width, height: in pixels of the file, upright.
    """

    grey: Grey
    factor: int
    width: int
    height: int


def decode(content: bytes, side: int = MOST_SIDE) -> Picture:
    """Decode a PNG, JPEG, WebP, BMP or GIF.

    Args:
        content: of the file.
        side: pixels that the longer side may have, at most :data:`MOST_SIDE`; a larger picture is
            reduced by a whole number, which makes a JPEG much cheaper to decode.

    Raises:
        PictureTooLargeError: it has more bytes or pixels than are read, or unpacks to too much.
        PictureTypeError: it is something else.
        PictureDamagedError: it is cut off, damaged or animated.
    """
    if len(content) > MAX_PICTURE_BYTES:
        raise PictureTooLargeError(
            FIELD, "picture_too_many_bytes", limit=MAX_PICTURE_BYTES, actual=len(content)
        )
    outline = _outline(content).check()
    factor = -(-max(outline.width, outline.height) // side)
    orientation = read_orientation(outline.exif)
    grey = turn_upright(_decode(outline, factor), orientation)
    size = (outline.width, outline.height)
    return Picture(grey, factor, *(size[::-1] if orientation >= 5 else size))


def _outline(content: bytes) -> Outline:
    if content.startswith(png.SIGNATURE):
        return png.outline_png(content)
    if content.startswith(jpeg.SIGNATURE):
        return jpeg.outline_jpeg(content)
    if content.startswith(gif.SIGNATURES):
        return gif.outline_gif(content)
    if webp.is_webp(content):
        return webp.outline_webp(content)
    if content.startswith(bmp.SIGNATURE):
        return bmp.outline_bmp(content)
    raise PictureTypeError(FIELD, "picture_type")


def _decode(outline: Outline, factor: int) -> Grey:
    try:
        if outline.format == "WEBP":
            return _decode_webp(outline, factor)
        grey = _decode_with_pillow(outline, factor)
        if outline.lacks_end:
            padded = replace(outline, content=jpeg.pad_end(outline.content))
            if not np.array_equal(grey, _decode_with_pillow(padded, factor)):
                raise damaged()
        return grey
    except PictureError:
        raise
    except MemoryError:
        raise too_much_work() from None
    except Exception as error:  # decoders raise whatever comes to their minds at a damaged file
        raise damaged() from error


def _decode_with_pillow(outline: Outline, factor: int) -> Grey:
    with Image.open(io.BytesIO(outline.content), formats=(outline.format,)) as picture:
        if picture.size != (outline.width, outline.height):
            raise damaged()
        # JPEG alone can be decoded reduced, by 2, 4 or 8.
        picture.draft("L", (-(-outline.width // factor), -(-outline.height // factor)))
        picture.load()
        return grey_by_bands(picture, (outline.width, outline.height), factor)


def _decode_webp(outline: Outline, factor: int) -> Grey:
    """Decode with OpenCV: Pillow takes 16 bytes a pixel for a WebP, as if all were animated."""
    flags = cv2.IMREAD_UNCHANGED if outline.has_alpha else cv2.IMREAD_GRAYSCALE
    data = np.frombuffer(outline.content, np.uint8)
    pixels = cv2.imdecode(data, flags | cv2.IMREAD_IGNORE_ORIENTATION)
    if pixels is None or pixels.shape[:2] != (outline.height, outline.width):
        raise damaged()
    return grey_of(np.asarray(pixels, np.uint8), factor)
