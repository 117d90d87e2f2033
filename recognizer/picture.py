"""Put ink into a PNG that a page can show without another request.

Scaling and colouring the picture is for whoever shows it.
"""

from __future__ import annotations

from base64 import b64encode

import cv2

from recognizer.geometry import Ink


def to_data_uri(ink: Ink) -> str:
    """Encode ink as a PNG in a ``data:`` address (RFC 2397).

    Args:
        ink: (height, width) uint8, 0 = paper and 255 = ink.

    Returns:
        ``data:image/png;base64,…``: a greyscale picture of the same size and values, so paper
        is black and ink white.
    """
    # OpenCV's own choice of filter and strategy: 13 µs for 28x28, where level 1 takes 17.
    png = cv2.imencode(".png", ink)[1]
    return "data:image/png;base64," + b64encode(png.tobytes()).decode("ascii")
