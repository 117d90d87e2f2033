"""Read several drawings from one JSON text, within the limits of one.

The drawings of a batch share the strokes, points and bytes that a single one may have, so a batch
is no way to make more work; what a drawing is, is for :mod:`recognizer.strokes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from recognizer.errors import DrawingError
from recognizer.limits import MAX_BATCH_DRAWINGS, MAX_POINTS, MAX_STROKES
from recognizer.strokes import Drawing, encode, parse_document, read_drawing, read_images
from recognizer.typed_reader import NotTakenError, decode_batch


def parse_drawings(text: bytes | str) -> list[Drawing]:
    """Read ``{"drawings": [{"strokes": […], "mode": "auto"}, …], "images": true}``.

    Raises:
        TooManyBytesError: the text has more than ``MAX_DRAWING_BYTES``.
        JsonError: the text is not JSON in UTF-8.
        DrawingError: the JSON is not a batch; names the field, as ``drawings[3].strokes[0].x``.
    """
    encoded = encode(text)
    try:
        return decode_batch(encoded)
    except NotTakenError:
        return _read_batch(parse_document(encoded))


def _read_batch(document: Mapping[str, object]) -> list[Drawing]:
    if "drawings" not in document:
        raise DrawingError("drawings", "missing")
    rows = document["drawings"]
    if not isinstance(rows, list):
        raise DrawingError("drawings", "not_a_list")
    _check("too_many_drawings", len(rows), MAX_BATCH_DRAWINGS)
    images = read_images(document)
    drawings = [_read(row, f"drawings[{index}]") for index, row in enumerate(rows)]
    _check_sums(drawings)
    return drawings if images else [replace(drawing, images=False) for drawing in drawings]


def _read(row: object, field: str) -> Drawing:
    try:
        return read_drawing(row)
    except DrawingError as error:
        inside = field if error.field == "$" else f"{field}.{error.field}"
        raise DrawingError(inside, error.reason, **error.parameters) from None


def _check_sums(drawings: Sequence[Drawing]) -> None:
    strokes = [stroke for drawing in drawings for stroke in drawing.strokes]
    _check("too_many_strokes", len(strokes), MAX_STROKES)
    _check("too_many_points", sum(len(stroke.points) for stroke in strokes), MAX_POINTS)


def _check(reason: str, actual: int, limit: int) -> None:
    if actual > limit:
        raise DrawingError("drawings", reason, limit=limit, actual=actual)
