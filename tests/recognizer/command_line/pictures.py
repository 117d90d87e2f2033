"""Small pictures to ask about, as files."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

STROKE_LEFT, STROKE_RIGHT = 12, 16  # columns of ink


def picture(kind: str = "PNG", *, size: int = 28) -> bytes:
    """A vertical stroke on white paper."""
    pixels = np.full((size, size), 255, np.uint8)
    pixels[size // 7 : -size // 7, STROKE_LEFT * size // 28 : STROKE_RIGHT * size // 28] = 0
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, kind)
    return content.getvalue()


def write_pictures(folder: Path, number: int) -> list[Path]:
    """So many pictures in a folder, named in their order."""
    folder.mkdir(exist_ok=True)
    files = [folder / f"{at:06d}.png" for at in range(number)]
    content = picture()
    for file in files:
        file.write_bytes(content)
    return files
