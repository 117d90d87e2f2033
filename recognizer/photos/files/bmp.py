"""Look at the head of a BMP (Microsoft, Windows bitmap) without decoding it.

Pillow's own look at it warns or fails by a limit of its own, above 89 megapixels, before the size
can be asked for.
"""

from __future__ import annotations

import struct

from recognizer.photos.files.outline import Outline, check_pixels, damaged, too_much_work

SIGNATURE = b"BM"

_OLD_HEADER = 12  # bytes of OS/2's
_PLAIN = (0, 3, 6)  # compressions that are none
_RUN_LENGTHS = (1, 2)
# Pillow unpacks run lengths in Python, and fills short lines pixel by pixel: 36 million took 5.6 s.
_MOST_RUN_LENGTH_BYTES = 256 * 1024
_MOST_RUN_LENGTH_PIXELS = 2_500_000
_DEPTHS = (1, 2, 4, 8, 16, 24, 32)


def outline_bmp(content: bytes) -> Outline:
    """See what a BMP holds.

    Raises:
        PictureDamagedError: it is cut off, or its head says what cannot be.
        PictureTooLargeError: it has too many pixels, or too many for its run-length code.
    """
    if len(content) < 26:
        raise damaged()
    (start,) = struct.unpack("<I", content[10:14])
    width, height, depth, compression = _read_head(content)
    if width <= 0 or not height or depth not in _DEPTHS:
        raise damaged()
    height = abs(height)  # below 0: stored from the top
    check_pixels(width, height)
    if compression in _PLAIN:
        if start + (width * depth + 31) // 32 * 4 * height > len(content):
            raise damaged()
    elif compression not in _RUN_LENGTHS:
        raise damaged()
    elif len(content) > _MOST_RUN_LENGTH_BYTES or width * height > _MOST_RUN_LENGTH_PIXELS:
        raise too_much_work()
    pixel_bytes = 4 if depth > 8 else 3  # of run lengths, Pillow keeps copies
    return Outline("BMP", width, height, width * height * pixel_bytes, content)


def _read_head(content: bytes) -> tuple[int, int, int, int]:
    """The width and height in pixels, the bits of a pixel and the number of the compression."""
    (size,) = struct.unpack("<I", content[14:18])
    if size == _OLD_HEADER:
        width, height, _, depth = struct.unpack("<HHHH", content[18:26])
        return width, height, depth, 0
    if len(content) < 34:
        raise damaged()
    width, height, _, depth, compression = struct.unpack("<iiHHI", content[18:34])
    return width, height, depth, compression
