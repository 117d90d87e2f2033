"""Picture files made for tests, good and hostile ones."""

from __future__ import annotations

import io
import struct
import zlib

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")


def paper_with_seven(height: int = 300, width: int = 400) -> Grey:
    """A black 7 on white paper, left of the middle."""
    paper = np.full((height, width), 255, np.uint8)
    corners = np.array([[60, 80], [140, 80], [95, 220]], np.int32)
    cv2.polylines(paper, [corners], False, 0, 12, cv2.LINE_AA)
    return paper


def encode(picture: Grey | Image.Image, form: str = "PNG", **options: object) -> bytes:
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png_of(width: int, height: int, *chunks: bytes, colour: int = 0) -> bytes:
    """A PNG that claims a size and consists of the chunks."""
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = [b"\x89PNG\r\n\x1a\n", png_chunk(b"IHDR", header), *chunks, png_chunk(b"IEND", b"")]
    return b"".join(parts)


def with_png_chunks(content: bytes, *chunks: bytes) -> bytes:
    """A PNG with chunks put behind its header."""
    return content[:33] + b"".join(chunks) + content[33:]


def with_exif_orientation(picture: Grey, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encode(picture, "JPEG", quality=95, exif=exif)


def jpeg_of_many_scans(scans: int) -> bytes:
    """A progressive picture whose last scan is said again and again."""
    content = encode(paper_with_seven(1000, 1000), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    end = content.rindex(b"\xff\xd9")
    return content[:last] + content[last:end] * scans + content[end:]


def gif_with(*blocks: bytes) -> bytes:
    """A GIF of 8x8 pixels with extension blocks put in front of its picture."""
    content = encode(Image.new("L", (8, 8), 255), "GIF")
    start = 13 + (3 << (content[10] & 7) + 1)  # behind the head and the colour table
    return content[:start] + b"".join(blocks) + content[start:]


def bmp_of_run_lengths(width: int, height: int, code: bytes) -> bytes:
    """A BMP of 256 greys that claims a size, and whose pixels are a run-length code."""
    palette = bytes(value for grey in range(256) for value in (grey, grey, grey, 0))
    start = 54 + len(palette)
    head = struct.pack("<IHHI", start + len(code), 0, 0, start)
    size = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(code), 0, 0, 256, 0)
    return b"BM" + head + size + palette + code
