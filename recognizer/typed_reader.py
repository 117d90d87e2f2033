"""Read a drawing's or a batch's JSON in one step, where nothing about it is wrong or unusual.

The decoder knows the contract's types and bounds, and reads a drawing of fifty points in a tenth
of the time that :mod:`recognizer.strokes` takes.  What it does not take, it does not explain:
the caller reads it again there, and that says what is wrong, or takes it after all (a byte order
mark, keys that the contract does not know).
"""

from __future__ import annotations

from array import array
from typing import Annotated

import msgspec
import numpy as np

from recognizer.drawing import Drawing, Mode, Numbers, Stroke
from recognizer.limits import MAX_BATCH_DRAWINGS, MAX_COORDINATE, MAX_POINTS, MAX_STROKES

_Coordinate = Annotated[float, msgspec.Meta(ge=-MAX_COORDINATE, le=MAX_COORDINATE)]
_Pressure = Annotated[float, msgspec.Meta(ge=0, le=1)]


# Keys that are not known would be passed over without a look at their value, which may be no JSON.
class _Stroke(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    x: list[_Coordinate]
    y: list[_Coordinate]
    t: list[_Coordinate] | None = None
    p: list[_Pressure] | None = None


class _Drawing(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    strokes: Annotated[list[_Stroke], msgspec.Meta(max_length=MAX_STROKES)]
    mode: Mode | None = None
    images: bool | None = None


class _Batch(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    drawings: Annotated[list[_Drawing], msgspec.Meta(max_length=MAX_BATCH_DRAWINGS)]
    images: bool | None = None


_read_drawing = msgspec.json.Decoder(_Drawing).decode
_read_batch = msgspec.json.Decoder(_Batch).decode


class NotTakenError(Exception):
    """A text is no drawing, or is one that this reader does not know."""


def decode_drawing(encoded: bytes) -> Drawing:
    """Read ``{"strokes": […], "mode": "auto", "images": true}``.

    Raises:
        NotTakenError: the caller has to read it with more care.
    """
    try:
        given = _read_drawing(encoded)
    except (ValueError, RecursionError):
        raise NotTakenError from None
    _check_sums([given])
    return _drawing(given)


def decode_batch(encoded: bytes) -> list[Drawing]:
    """Read ``{"drawings": […], "images": true}``.

    Raises:
        NotTakenError: the caller has to read it with more care.
    """
    try:
        given = _read_batch(encoded)
    except (ValueError, RecursionError):
        raise NotTakenError from None
    _check_sums(given.drawings)
    return [_drawing(one, given.images is not False) for one in given.drawings]


def _check_sums(drawings: list[_Drawing]) -> None:
    strokes = [stroke for drawing in drawings for stroke in drawing.strokes]
    if len(strokes) > MAX_STROKES or sum([len(stroke.x) for stroke in strokes]) > MAX_POINTS:
        raise NotTakenError


def _drawing(given: _Drawing, images: bool = True) -> Drawing:
    strokes = tuple([_stroke(stroke) for stroke in given.strokes])
    return Drawing(strokes, given.mode or "auto", images and given.images is not False)


def _stroke(given: _Stroke) -> Stroke:
    number = len(given.x)
    if len(given.y) != number:
        raise NotTakenError
    # In turn in one list: half of the time that filling two columns of an array takes.
    numbers = [0.0] * (2 * number)
    numbers[::2] = given.x
    numbers[1::2] = given.y
    points = np.frombuffer(array("d", numbers)).reshape(-1, 2) if number else np.empty((0, 2))
    return Stroke(points, _column(given.t, number), _column(given.p, number))


def _column(values: list[float] | None, number: int) -> Numbers | None:
    if values is None:
        return None
    if len(values) != number:
        raise NotTakenError
    return np.array(values, np.float64)
