"""Drawings whose answers are known: what a run is tried on before it is served, and while it is.

What a run must answer to them is for :mod:`recognizer.runs.self_test`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from recognizer.prediction import Verdict
from recognizer.strokes import Drawing, parse_drawing

Places = list[tuple[float, float]]  # x and y of the points of a stroke, y downwards


@dataclass(frozen=True)
class KnownDrawing:
    """A drawing that nobody can take for anything else.

    Attributes:
        document: the drawing as the contract's JSON.
        verdict: what kind of answer it must get, from a run that tells this kind.
        text: the digits in it.
    """

    document: bytes
    verdict: Verdict
    text: str

    @property
    def drawing(self) -> Drawing:
        """The drawing, read from its JSON."""
        return parse_drawing(self.document)


# Of the digits 0 to 9 the strokes, their points as in SVG's polyline.
_DIGITS = (
    ("52,0 30,8 12,32 4,68 8,104 26,132 50,140 74,132 92,104 96,68 88,32 70,8 52,0",),
    ("50,0 50,35 49,70 49,105 48,140",),
    ("6,34 14,14 34,2 60,2 80,14 86,36 78,60 58,86 32,112 4,138 34,138 64,138 96,138",),
    ("8,14 30,2 56,0 78,10 86,32 76,52 52,64 38,66 60,70 82,84 90,106 80,128 56,140 28,138 6,124",),
    (
        "40,0 32,26 22,54 10,82 4,92 34,92 64,92 98,90",
        "72,48 70,80 68,110 66,140",
    ),
    (
        "22,0 20,26 18,56 40,50 64,54 82,72 86,98 76,122 54,138 28,138 6,126",
        "22,0 48,0 86,0",
    ),
    ("74,0 50,16 28,44 12,78 8,108 20,132 44,140 70,132 82,110 76,88 56,78 32,82 14,100",),
    (
        "52,60 80,58 110,57 140,57 170,58 198,60 190,82 178,108 166,134 154,160 143,186 "
        "133,212 124,238 117,264",
    ),
    (
        "76,22 56,4 32,6 18,26 28,48 52,64 76,84 86,108 72,132 46,140 20,130 10,106 24,82 "
        "52,62 74,42 80,26",
    ),
    ("84,28 66,8 40,6 20,24 16,50 32,68 58,66 78,48 86,24 84,60 80,100 74,140",),
)


def _places(points: str) -> Places:
    pairs = (point.split(",") for point in points.split())
    return [(float(x), float(y)) for x, y in pairs]


def _known(strokes: list[Places], verdict: Verdict, text: str) -> KnownDrawing:
    columns = [{"x": [x for x, _ in places], "y": [y for _, y in places]} for places in strokes]
    return KnownDrawing(json.dumps({"strokes": columns}).encode(), verdict, text)


def _beside(left: list[Places], right: list[Places], distance: float) -> list[Places]:
    return [*left, *([(x + distance, y) for x, y in places] for places in right)]


def _loops() -> list[Places]:
    """A pen that goes round and round and up and down, without an end."""
    turn = 2 * np.pi * np.linspace(0, 1, 120)
    x = 50 + 45 * np.sin(7.3 * turn) + 10 * np.sin(3 * turn)
    y = 60 + 55 * np.sin(5.1 * turn + 1)
    return [list(zip(x.round(1).tolist(), y.round(1).tolist(), strict=True))]


_STROKES = [[_places(points) for points in strokes] for strokes in _DIGITS]
DIGITS = tuple(_known(strokes, "digit", str(at)) for at, strokes in enumerate(_STROKES))
SEVEN = DIGITS[7]
NUMBER = _known(_beside(_STROKES[4], _STROKES[2], 130), "number", "42")
SCRIBBLE = _known(_loops(), "not_a_digit", "")
