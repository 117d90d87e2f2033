"""Read a picture of one digit, however it was made, as ink in MNIST's form.

Paper is what the border shows, dark or light; everything that differs little from it is paper
too.  Cropping, scaling and centring is :func:`recognizer.geometry.place_ink`'s.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from recognizer.errors import reason_of
from recognizer.geometry import Ink, place_ink
from recognizer.limits import (
    MAX_PICTURE_BYTES,
    MAX_PICTURE_MEGAPIXELS,
    MAX_PICTURE_PIXELS,
    in_mebibytes,
)
from trainer.errors import DataError

SUFFIXES = frozenset(
    {".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".pjp", ".webp", ".bmp", ".dib",
     ".gif", ".tif", ".tiff"}
)  # fmt: skip
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")
_LEAST_CONTRAST = 20  # of 255; less is an empty sheet
_FAINTEST = 0.15  # share of the contrast below which a pixel is paper: noise, shadow, JPEG
_SMALL = 56  # pixels; on clean paper, what is faint in so small a picture is an edge, not noise


def read_picture(path: Path) -> Ink:
    """Read one picture.

    Args:
        path: PNG, JPEG, WebP, BMP, GIF or TIFF (the first frame), of any size and colour, dark
            ink on light paper or light ink on dark.

    Returns:
        (28, 28) uint8, 0 = paper and 255 = ink, in MNIST's form; a picture that has 28x28 pixels
        and is in that form already comes back unchanged.

    Raises:
        DataError: it cannot be read, is too large, or shows nothing.
    """
    brightness = _brightness(path)
    border = np.concatenate([brightness[[0, -1]].ravel(), brightness[:, [0, -1]].ravel()])
    ink = _ink(brightness, int(np.median(border)))
    strongest = int(ink.max(initial=0))
    if strongest < _LEAST_CONTRAST:
        raise DataError(f"{path} shows nothing: all of it is as bright as its border")
    if np.array_equal(place_ink(ink), ink):  # in MNIST's form, whatever touches its border
        return ink
    if max(ink.shape) > _SMALL or np.ptp(border):
        ink = np.where(ink < strongest * _FAINTEST, np.uint8(0), ink)
    return place_ink(ink)


def _ink(brightness: NDArray[np.uint8], paper: int) -> Ink:
    """How far each pixel is from the paper, in the direction that has room for ink."""
    away = brightness.astype(np.int16) - paper
    return np.clip(-away if paper > 127 else away, 0, 255).astype(np.uint8)


def _brightness(path: Path) -> NDArray[np.uint8]:
    """The picture as (height, width) uint8, 0 = black and 255 = white."""
    try:
        if path.stat().st_size > MAX_PICTURE_BYTES:
            raise DataError(f"{path} has more than {in_mebibytes(MAX_PICTURE_BYTES)}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata; the size is checked here
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > MAX_PICTURE_PIXELS:
                    raise DataError(f"{path} has more than {MAX_PICTURE_MEGAPIXELS} megapixels")
                return _grey(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError as error:  # more than Pillow opens at all
        raise DataError(f"{path} has more than {MAX_PICTURE_MEGAPIXELS} megapixels") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise DataError(f"{path} cannot be read as a picture: {reason_of(error)}") from error


def _grey(picture: Image.Image) -> NDArray[np.uint8]:
    if picture.mode.startswith("I"):  # 16 bits a pixel
        values = np.asarray(picture, np.float64)
        return np.rint(np.clip(values / 257, 0, 255)).astype(np.uint8)
    if not picture.has_transparency_data:
        return np.asarray(picture.convert("L"))
    layers = picture.convert("LA")
    grey, alpha = (np.asarray(band, np.float64) for band in layers.split())
    # White ink that was saved without its paper would be lost on white.
    drawn = grey[alpha > 127]
    paper = 0 if drawn.size and drawn.mean() > 127 else 255
    return np.rint(grey * alpha / 255 + paper * (1 - alpha / 255)).astype(np.uint8)
