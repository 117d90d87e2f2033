"""Put ink into a PNG that a page can show without another request.

Scaling and colouring the picture is for whoever shows it.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from functools import lru_cache

import numpy as np

from recognizer.geometry import Ink

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREYS = (8, 0, 0, 0, 0)  # bits of a pixel, greyscale, and the one way to compress and filter
_WINDOW_BITS = 10
_MEMORY_LEVEL = 4


def to_data_uri(ink: Ink) -> str:
    """Encode ink as a PNG in a ``data:`` address (RFC 2397).

    Args:
        ink: (height, width) uint8, 0 = paper and 255 = ink.

    Returns:
        ``data:image/png;base64,…``: a greyscale picture of the same size and values, so paper
        is black and ink white.
    """
    height, width = ink.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each begins with its filter: none
    rows[:, 1:] = ink
    # Ink is runs of paper and of full ink: run lengths alone are both the fastest and nearly the
    # smallest.  The window and the memory are small, for both are wiped for each picture.
    compressor = zlib.compressobj(1, zlib.DEFLATED, _WINDOW_BITS, _MEMORY_LEVEL, zlib.Z_RLE)
    data = compressor.compress(rows.tobytes()) + compressor.flush()
    png = b"".join((_head(width, height), _chunk(b"IDAT", data), _END))
    return "data:image/png;base64," + b64encode(png).decode("ascii")


def _chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG file (https://www.w3.org/TR/png-3/#5Chunk-layout)."""
    return b"".join(
        (struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(kind + data)))
    )


@lru_cache(maxsize=8)
def _head(width: int, height: int) -> bytes:
    return _SIGNATURE + _chunk(b"IHDR", struct.pack(">2I5B", width, height, *_GREYS))


_END = _chunk(b"IEND", b"")
