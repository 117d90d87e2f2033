"""Read the contract's JSON into strokes, and enforce every rule of it, once.

Nothing behind this module checks a drawing again: a :class:`Drawing` is finite,
within the limits and safe for the geometry's arithmetic.  Nearly every text is read in one step
by :mod:`recognizer.typed_reader`; what that does not take is read here, with more care.  What the
strokes look like is for :mod:`recognizer.geometry`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

import numpy as np

from recognizer.drawing import MODES, Drawing, Mode, Numbers, Stroke
from recognizer.errors import DrawingError, JsonError, TooManyBytesError
from recognizer.limits import MAX_COORDINATE, MAX_DRAWING_BYTES, MAX_POINTS, MAX_STROKES
from recognizer.typed_reader import NotTakenError, decode_drawing

__all__ = [
    "MODES",
    "Drawing",
    "Mode",
    "Stroke",
    "encode",
    "parse_document",
    "parse_drawing",
    "read_drawing",
    "read_images",
]


def parse_drawing(text: bytes | str) -> Drawing:
    """Read one drawing from its JSON text.

    Raises:
        TooManyBytesError: the text has more than ``MAX_DRAWING_BYTES``.
        JsonError: the text is not JSON in UTF-8.
        DrawingError: the JSON is not a drawing.
    """
    encoded = encode(text)
    try:
        return decode_drawing(encoded)
    except NotTakenError:
        return read_drawing(parse_document(encoded))


def encode(text: bytes | str) -> bytes:
    """The bytes of a JSON text.

    Raises:
        TooManyBytesError: they are more than :data:`recognizer.limits.MAX_DRAWING_BYTES`.
    """
    encoded = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(encoded) > MAX_DRAWING_BYTES:
        raise TooManyBytesError(f"a drawing may have at most {MAX_DRAWING_BYTES} bytes")
    return encoded


def parse_document(text: bytes | str) -> dict[str, Any]:
    """Read the JSON object that holds a drawing; what the object holds is not checked.

    Raises:
        TooManyBytesError: the text has more than ``MAX_DRAWING_BYTES``.
        JsonError: the text is not JSON in UTF-8.
        DrawingError: the JSON is no object.
    """
    document = _parse_json(encode(text))
    if not isinstance(document, dict):
        raise DrawingError("$", "not_an_object")
    return document


def read_drawing(document: object) -> Drawing:
    """Read one drawing from parsed JSON.

    Args:
        document: ``{"strokes": [{"x": […], "y": […], "t": […], "p": […]}], "mode": "auto",
            "images": true}``; all but ``strokes``, ``x`` and ``y`` may be absent or null, other
            keys are ignored.

    Raises:
        DrawingError: a rule of the contract is broken; names the field.
    """
    if not isinstance(document, dict):
        raise DrawingError("$", "not_an_object")
    rows = _list(document, "strokes", "strokes")
    if len(rows) > MAX_STROKES:
        raise DrawingError("strokes", "too_many_strokes", limit=MAX_STROKES, actual=len(rows))
    mode = _mode(document.get("mode"))
    images = read_images(document)
    columns = [_columns(row, f"strokes[{index}]") for index, row in enumerate(rows)]
    _check_number_of_points(columns)
    strokes = tuple(_stroke(row, f"strokes[{index}]") for index, row in enumerate(columns))
    return Drawing(strokes, mode, images)


def read_images(document: Mapping[str, object]) -> bool:
    """Whether whoever sent a drawing or a batch wants pictures in the answer; yes by default.

    Raises:
        DrawingError: ``images`` is no boolean.
    """
    value = document.get("images")
    if value is not None and not isinstance(value, bool):
        raise DrawingError("images", "not_a_boolean")
    return value is not False


def _parse_json(encoded: bytes) -> object:
    try:
        text = encoded.decode("utf-8-sig")
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            raise
        except ValueError:  # an integer of more digits than int() takes: becomes an infinite float
            return json.loads(text, parse_int=float)
    except (ValueError, RecursionError) as error:
        raise JsonError(f"not JSON in UTF-8: {error}") from error


def _mode(value: object) -> Mode:
    if value is None:
        return "auto"
    for mode in get_args(Mode):
        if value == mode:
            return mode  # type: ignore[no-any-return]
    raise DrawingError("mode", "unknown_mode", choices=", ".join(MODES))


def _list(row: dict[str, object], key: str, field: str) -> list[object]:
    if key not in row:
        raise DrawingError(field, "missing")
    value = row[key]
    if not isinstance(value, list):
        raise DrawingError(field, "not_a_list")
    return value


def _columns(row: object, field: str) -> dict[str, list[object]]:
    """Check the form of a stroke: its columns are lists of one length."""
    if not isinstance(row, dict):
        raise DrawingError(field, "not_an_object")
    columns = {key: _list(row, key, f"{field}.{key}") for key in ("x", "y")}
    for key in ("t", "p"):
        if row.get(key) is not None:
            columns[key] = _list(row, key, f"{field}.{key}")
    expected = len(columns["x"])
    for key, column in columns.items():
        if len(column) != expected:
            raise DrawingError(
                f"{field}.{key}", "unequal_lengths", expected=expected, actual=len(column)
            )
    return columns


def _check_number_of_points(strokes: list[dict[str, list[object]]]) -> None:
    actual = sum(len(columns["x"]) for columns in strokes)
    if actual > MAX_POINTS:
        raise DrawingError("strokes", "too_many_points", limit=MAX_POINTS, actual=actual)


def _stroke(columns: dict[str, list[object]], field: str) -> Stroke:
    bound = MAX_COORDINATE
    points = np.empty((len(columns["x"]), 2))
    points[:, 0] = _numbers(columns["x"], f"{field}.x", -bound, bound)
    points[:, 1] = _numbers(columns["y"], f"{field}.y", -bound, bound)
    times = _numbers(columns["t"], f"{field}.t", -bound, bound) if "t" in columns else None
    pressures = _numbers(columns["p"], f"{field}.p", 0.0, 1.0) if "p" in columns else None
    return Stroke(points, times, pressures)


def _numbers(values: list[object], field: str, low: float, high: float) -> Numbers:
    if not {type(value) for value in values} <= {int, float}:
        index = next(i for i, value in enumerate(values) if type(value) not in (int, float))
        raise DrawingError(field, "not_a_number", index=index)
    try:
        numbers = np.array(values, dtype=np.float64)
    except OverflowError:  # an integer beyond float64, as 10**400
        index = next(i for i, value in enumerate(values) if not _fits_a_float(value))
        raise DrawingError(field, "not_finite", index=index) from None
    _check_range(numbers, field, low, high)
    return numbers


def _fits_a_float(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except OverflowError:
        return False
    return True


def _check_range(numbers: Numbers, field: str, low: float, high: float) -> None:
    finite = np.isfinite(numbers)
    if not finite.all():
        raise DrawingError(field, "not_finite", index=int(np.argmin(finite)))
    inside = (numbers >= low) & (numbers <= high)
    if not inside.all():
        raise DrawingError(
            field, "out_of_bounds", low=f"{low:g}", high=f"{high:g}", index=int(np.argmin(inside))
        )
