"""Pictures of paper with a 7 written on it, as files: what a person might send."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

PAPER, PENCIL = 226, 52
ORIENTATION = 0x0112  # EXIF
QUARTER_TURN = 6  # its value for a camera held upright, whose pixels lie on their side

_SEVEN = [(0.18, 0.12), (0.5, 0.1), (0.82, 0.12), (0.66, 0.4), (0.52, 0.66), (0.42, 0.92)]


def paper(sevens: int = 1, *, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Grey, slightly grainy paper with so many 7s side by side."""
    grain = np.random.default_rng(7).integers(-4, 5, (size[1], size[0]))
    image = Image.fromarray((PAPER + grain).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    side = min(size[0] / (sevens + 1), 0.6 * size[1])
    for at in range(sevens):
        left = size[0] * (at + 1) / (sevens + 1) - side / 2
        top = (size[1] - side) / 2
        points = [(left + x * side, top + y * side) for x, y in _SEVEN]
        pen.line(points, fill=PENCIL, width=round(side / 11), joint="curve")
    return image.convert("RGB")


def as_file(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """The bytes of a file of that kind, as Pillow writes it."""
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def on_its_side(image: Image.Image, kind: str = "JPEG") -> bytes:
    """A file as a phone held upright writes it: turned, with a note that it is."""
    exif = Image.Exif()
    exif[ORIENTATION] = QUARTER_TURN
    return as_file(image.transpose(Image.Transpose.ROTATE_90), kind, exif=exif)
