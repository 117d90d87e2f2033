"""A 3 and a 5 with a sign between them, as the body of a request holds them."""

from __future__ import annotations

import json
from typing import Any

from recognizer.known_drawings import DIGITS

# Strokes of signs, x and y, between a 3 that ends at x = 90 and a 5 that begins at x = 146; both
# are 140 high.
SIGNS: dict[str, list[list[tuple[float, float]]]] = {
    "minus": [[(100, 72), (135, 70)]],
    "colon": [[(118, 45), (120, 47)], [(117, 110), (119, 112)]],
    "point": [[(118, 136)]],
    "comma": [[(120, 128), (123, 138), (112, 160)]],
    "slash": [[(145, -10), (127, 45), (109, 98), (91, 152)]],
}


def three_and_five(sign: str) -> list[dict[str, Any]]:
    """The strokes of a 3, of a sign and of a 5."""
    between = [{"x": [x for x, _ in stroke], "y": [y for _, y in stroke]} for stroke in SIGNS[sign]]
    return [*_digit(3, 0), *between, *_digit(5, 140)]


def _digit(digit: int, right: float) -> list[dict[str, Any]]:
    strokes = json.loads(DIGITS[digit].document)["strokes"]
    return [{"x": [x + right for x in stroke["x"]], "y": stroke["y"]} for stroke in strokes]
