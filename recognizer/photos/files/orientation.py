"""How the camera was held: the orientation in a picture's EXIF notes (CIPA DC-008)."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

_TAG = 0x0112
_SHORT = 3
_MOST_ENTRIES = 200

UPRIGHT = 1


def read_orientation(exif: bytes) -> int:
    """Read the orientation, 1 to 8 as EXIF counts; 1, upright, where there is no usable note.

    Args:
        exif: from ``II`` or ``MM`` on.
    """
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return UPRIGHT
    try:
        (at,) = struct.unpack_from(f"{order}I", exif, 4)
        (number,) = struct.unpack_from(f"{order}H", exif, at)
        for entry in range(min(number, _MOST_ENTRIES)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * entry)
            if tag == _TAG:
                return value if kind == _SHORT and 1 <= value <= 8 else UPRIGHT
    except struct.error:
        pass
    return UPRIGHT


def turn_upright(picture: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Undo how the camera was held.

    Args:
        picture: (height, width) uint8 as it is stored.
        orientation: 1 to 8.
    """
    if orientation >= 5:
        picture = picture.T
    if orientation in (2, 3, 6, 7):
        picture = picture[:, ::-1]
    if orientation in (3, 4, 7, 8):
        picture = picture[::-1]
    return np.ascontiguousarray(picture)
