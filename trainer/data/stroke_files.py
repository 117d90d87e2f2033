"""Drawings of digits with their label, writer and site, from gzipped JSON lines.

What a line holds stands in :mod:`trainer.data.rows`.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from recognizer.errors import reason_of
from recognizer.runs.folder import sha256
from recognizer.text_files import text_encoding
from trainer.data.rows import Points, Row, digit_of, read_row
from trainer.errors import DataError

DIGIT_FILES = ("pendigits-train.jsonl.gz", "unipen-digits-train.jsonl.gz")


@dataclass(frozen=True, eq=False)
class LabelledDrawing:
    """One drawing as a data set holds it.

    Attributes:
        label: the digit, 0-9.
        source: the site that collected it.
        writer: the person who drew it, unique within the site.
        strokes: arrays (n, 2) float64, x and y (downwards) in the tablet's unit.
    """

    label: int
    source: str
    writer: str
    strokes: tuple[Points, ...]


def load_drawings(folder: Path, names: Sequence[str] = DIGIT_FILES) -> list[LabelledDrawing]:
    """Every digit of the stroke files in ``folder``, in the files' order.

    Raises:
        DataError: a file is missing or cut off, or a row of it cannot be read.
    """
    return [drawing for name in names for drawing in read_digits(folder / name)]


def origins(folder: Path, names: Sequence[str]) -> dict[str, dict[str, str]]:
    """Name and checksum of each stroke file, to be stored with a run."""
    return {name.split(".")[0]: {"file": name, "sha256": sha256(folder / name)} for name in names}


def read_digits(path: Path) -> Iterator[LabelledDrawing]:
    """The digits of one file, of which every row names its writer and its source.

    Raises:
        DataError: it is missing or cut off, or a row of it cannot be read.
    """
    for place, row in read_rows(path):
        yield LabelledDrawing(digit_of(row, place), row.source, row.writer, row.strokes)


def read_rows(
    path: Path, origin: str | None = None, on_bad_row: Callable[[DataError], None] | None = None
) -> Iterator[tuple[str, Row]]:
    """Every row of one file with its place, as ``mine.jsonl:7``; blank lines are passed over.

    Args:
        path: JSON lines in UTF-8 or UTF-16, gzipped where its name ends in ``.gz``.
        origin: as for :func:`trainer.data.rows.read_row`.
        on_bad_row: is told of each row that cannot be read; without it the first one is an error.

    Raises:
        DataError: the file is missing or cut off, or a row of it cannot be read.
    """
    for number, line in enumerate(_lines(path), start=1):
        place = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            row = read_row(line, place, origin)
        except DataError as error:
            if on_bad_row is None:
                raise
            on_bad_row(error)
            continue
        yield place, row


def _lines(path: Path) -> Iterator[str]:
    if not path.is_file():
        raise DataError(f"there is no {path}; --data-dir or NET_DATA_DIR says where data lies")
    try:
        with _open(path) as lines:
            yield from lines
    except (EOFError, OSError, UnicodeDecodeError, zlib.error) as error:
        raise DataError(f"{path} is cut off or damaged: {reason_of(error)}") from error


def _open(path: Path) -> IO[str]:
    opened = gzip.open if path.suffix.lower() == ".gz" else open
    with opened(path, "rb") as file:
        encoding = text_encoding(file.read(16)) or "utf-8"
    return cast(IO[str], opened(path, "rt", encoding=encoding))
