"""The limits of what may be asked, each in one place.

Readers, the API's texts, the drawing page and the trainer take them from here.  What cannot (the
configuration of proxies, columns of tables, docs) is held to them by ``tests/test_limits.py``,
which names what has to follow when a limit is raised.
"""

from __future__ import annotations

_MEBIBYTE = 2**20

MAX_DRAWING_BYTES = 1 * _MEBIBYTE  # of a drawing's or a batch's JSON text
MAX_STROKES = 256  # of a drawing; of all drawings of a batch together
MAX_POINTS = 20_000  # of all strokes together
MAX_COORDINATE = 1e300  # differences of two such numbers stay finite in float64
MAX_BATCH_DRAWINGS = 64

MAX_PICTURE_BYTES = 10 * _MEBIBYTE  # of a file
MAX_PICTURE_MEGAPIXELS = 40
MAX_PICTURE_PIXELS = MAX_PICTURE_MEGAPIXELS * 1_000_000
MAX_PICTURE_SIDE = 65_535  # pixels, as in JPEG and GIF: a decoder keeps an address for every row
MAX_DECODING_BYTES = 124 * _MEBIBYTE  # of memory, for one picture


def in_mebibytes(number: int) -> str:
    """A whole number of MiB in words, as "10 MiB".

    Args:
        number: of bytes.
    """
    return f"{number // _MEBIBYTE} MiB"
