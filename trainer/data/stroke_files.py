"""Drawings with their label, writer and site, from gzipped JSON lines.

One object a line: ``{"label": "7", "source": "syn", "writer": "…", "strokes": [[[x, y], …], …]}``,
y downwards, points in the order they were written.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recognizer.runs.folder import sha256
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
    strokes: tuple[NDArray[np.float64], ...]


def load_drawings(folder: Path) -> list[LabelledDrawing]:
    """Every digit of the stroke files in ``folder``, in the files' order.

    Raises:
        DataError: a file is missing or cut off, or a row of it cannot be read.
    """
    return [drawing for name in DIGIT_FILES for drawing in _read_file(folder / name)]


def origins(folder: Path) -> dict[str, dict[str, str]]:
    """Name and checksum of each stroke file, to be stored with a run."""
    return {
        name.split(".")[0]: {"file": name, "sha256": sha256(folder / name)} for name in DIGIT_FILES
    }


def _read_file(path: Path) -> Iterator[LabelledDrawing]:
    if not path.is_file():
        raise DataError(f"there is no {path}; --data-dir or NET_DATA_DIR says where data lies")
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                yield _read_row(line, f"{path}:{number}")
    except (EOFError, OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} is cut off or damaged: {error}") from error


def _read_row(line: str, place: str) -> LabelledDrawing:
    try:
        row = json.loads(line)
        strokes = tuple(np.array(stroke, np.float64).reshape(-1, 2) for stroke in row["strokes"])
        drawing = LabelledDrawing(int(row["label"]), row["source"], row["writer"], strokes)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{place} is not a labelled drawing: {error!r}") from error
    if not 0 <= drawing.label <= 9:
        raise DataError(f"{place} has the label {drawing.label}, which is outside 0-9")
    if not sum(map(len, strokes)) or not all(np.isfinite(stroke).all() for stroke in strokes):
        raise DataError(f"{place} has no points, or points that are not finite")
    return drawing
