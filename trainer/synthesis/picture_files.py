"""Write pictures of digits as the files that cameras, scanners and drawing programs make."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Rgb = NDArray[np.uint8]  # (height, width, 3)

_ORIENTATION = 0x0112  # EXIF's tag
_ON_ITS_SIDE = 6  # the camera was turned a quarter to the left: turn the picture to the right


def _save(image: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def _jpeg_of_a_turned_camera(image: Image.Image) -> bytes:
    notes = Image.Exif()
    notes[_ORIENTATION] = _ON_ITS_SIDE
    return _save(image.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=85, exif=notes)


def _transparent_png(image: Image.Image) -> bytes:
    """The paper left out: as opaque as a pixel is far from the picture's first one."""
    pixels = np.asarray(image, np.int16)
    alpha = np.abs(pixels - pixels[0, 0]).max(axis=2).astype(np.float32)
    alpha *= 255 / max(float(alpha.max()), 1.0)
    ink = np.full_like(pixels, 255 - int(pixels[0, 0].mean()))
    layers = np.dstack([ink, np.rint(alpha)]).astype(np.uint8)
    return _save(Image.fromarray(layers), "PNG", compress_level=1)


FORMS: dict[str, Callable[[Image.Image], bytes]] = {
    "PNG": lambda image: _save(image, "PNG", compress_level=1),
    "transparent PNG": _transparent_png,
    "JPEG": lambda image: _save(image, "JPEG", quality=85),
    "JPEG, quality 25": lambda image: _save(image, "JPEG", quality=25),
    "JPEG, camera turned": _jpeg_of_a_turned_camera,
    "WebP": lambda image: _save(image, "WEBP", quality=80, method=0),
    "GIF": lambda image: _save(image.convert("L"), "GIF"),
    "BMP": lambda image: _save(image, "BMP"),
}


def write_picture(picture: Rgb, form: str) -> bytes:
    """A picture as a file's content.

    Args:
        picture: (height, width, 3) uint8, red, green, blue.
        form: a key of :data:`FORMS`.
    """
    return FORMS[form](Image.fromarray(picture))
