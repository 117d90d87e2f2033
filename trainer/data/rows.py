"""One row of a stroke file: a label, who wrote it, and the strokes.

One JSON object a line.  Strokes are lists of points, ``[[x, y], …]``, as our own files hold them,
or the API's ``{"x": […], "y": […]}``; y grows downwards either way.  A row of own data may hold an
``image`` in their place, as corrections of pictures do.  Which labels are wanted is
for those who read the rows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.errors import ContractError
from recognizer.geometry import Ink
from recognizer.limits import MAX_COORDINATE
from recognizer.photos.kept_ink import read_ink
from recognizer.strokes import read_drawing
from trainer.errors import DataError

NO_DIGIT = ""  # the label of what is none

Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Row:
    """A drawing of anything: a digit, a letter, a symbol.

    Attributes:
        label: what the writer was to write; empty where it is no digit, as corrections say.
        source: the site that collected it.
        writer: the person who drew it, unique within the site.
        strokes: arrays (n, 2) float64, within :data:`recognizer.limits.MAX_COORDINATE`, x and y
            (downwards) in the tablet's unit; at least one point in all, but none where there is
            ink.
        ink: (28, 28) uint8 in MNIST's form, of a digit that was cut out of a picture.
    """

    label: str
    source: str
    writer: str
    strokes: tuple[Points, ...]
    ink: Ink | None = None

    def as_json(self) -> dict[str, Any]:
        """What a line of a stroke file holds."""
        return {
            "label": self.label,
            "writer": self.writer,
            "source": self.source,
            "strokes": [_numbers(stroke) for stroke in self.strokes],
        }


def read_row(line: str, place: str, origin: str | None = None) -> Row:
    """Read one line.

    Args:
        line: its text.
        place: where it stands, for the message, as ``mine.jsonl:7``.
        origin: the writer and the source of rows that name none; without it they must, and may
            hold no pictures.

    Raises:
        DataError: it is not a labelled drawing, and why.
    """
    try:
        row = json.loads(line)
        ink = read_ink(str(row["image"])) if "image" in row and origin is not None else None
        strokes = _strokes(row["strokes"]) if ink is None else ()
        source, writer = _name(row, "source", origin), _name(row, "writer", origin)
        label = _label(row["label"])
        f"{label}{source}{writer}".encode()  # half a character could not be stored or printed
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError, ContractError) as error:
        raise DataError(f"{place} is not a labelled drawing: {_sentence(error)}") from error
    if ink is not None:
        return Row(label, source, writer, (), ink)
    within = all((np.abs(stroke) <= MAX_COORDINATE).all() for stroke in strokes)
    if not sum(map(len, strokes)) or not within:
        raise DataError(f"{place} has no points, or some not finite within {MAX_COORDINATE:g}")
    return Row(label, source, writer, strokes)


def digit_of(row: Row, place: str) -> int:
    """The digit that a row is labelled with.

    Raises:
        DataError: its label is something else.
    """
    if row.label not in "0123456789" or len(row.label) != 1:
        raise DataError(f"{place} has the label {row.label!r}, which is outside 0-9")
    return int(row.label)


def is_number(label: str) -> bool:
    """Whether a label is a number of several digits, of which no drawing is trained on."""
    return len(label) > 1 and label.isascii() and label.isdigit()


def _label(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"the label is {value!r}")


def _name(row: dict[str, Any], key: str, origin: str | None) -> str:
    name = origin if row.get(key) in (None, "") else row[key]
    if name is None:
        raise KeyError(key)
    return str(name)


def _strokes(strokes: Any) -> tuple[Points, ...]:
    if not isinstance(strokes, list):
        raise TypeError("the strokes are not a list")
    if any(isinstance(stroke, dict) for stroke in strokes):
        return tuple(stroke.points for stroke in read_drawing({"strokes": strokes}).strokes)
    return tuple(_points(stroke) for stroke in strokes)


def _points(stroke: Any) -> Points:
    points = np.array(stroke, np.float64)
    if points.size == 0:
        return np.empty((0, 2))
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError("a stroke is not a list of [x, y]")
    return points


def _numbers(stroke: Points) -> list[list[float]]:
    """Whole numbers without a fraction, as tablets count."""
    return [[int(x) if x.is_integer() else x for x in point] for point in stroke.tolist()]


def _sentence(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    return str(error)
