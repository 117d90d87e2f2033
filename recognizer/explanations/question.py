"""Read what shall be explained: a drawing, and which digit of its answer."""

from __future__ import annotations

from collections.abc import Mapping

from recognizer.drawing import Drawing
from recognizer.errors import DrawingError
from recognizer.strokes import parse_document, read_drawing


def parse_question(text: bytes | str) -> tuple[Drawing, int]:
    """Read the body of a prediction with ``"digit"`` besides, 0 where it is left out.

    Raises:
        TooManyBytesError: the text is longer than a drawing's may be.
        JsonError: the text is not JSON in UTF-8.
        DrawingError: a rule of the contract is broken; names the field.
    """
    document = parse_document(text)
    return read_drawing(document), _read_digit(document)


def _read_digit(document: Mapping[str, object]) -> int:
    digit = document.get("digit")
    if digit is None:
        return 0
    if not isinstance(digit, int) or isinstance(digit, bool):
        raise DrawingError("digit", "not_a_whole_number")
    return digit
