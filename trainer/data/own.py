"""A person's own data: drawings as JSON lines, and pictures in folders named 0 to 9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from trainer.data.mnist import Images
from trainer.data.pictures import SUFFIXES, read_picture
from trainer.data.stroke_files import LabelledDrawing, read_digits
from trainer.errors import DataError

STROKE_ENDINGS = (".jsonl", ".jsonl.gz")
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, eq=False)
class OwnData:
    """What lies at a path: pictures in MNIST's form and drawings, either of which may be none."""

    images: Images
    drawings: list[LabelledDrawing]


def load_own(path: Path) -> OwnData:
    """Read own data.

    Args:
        path: a file of JSON lines (``.jsonl``, ``.jsonl.gz``; :mod:`trainer.data.rows` tells what
            a line holds; rows that name no writer or source have the file's name), or a folder
            with such files, or with folders 0 to 9 of pictures, or both.

    Raises:
        DataError: there is nothing, or something of it cannot be read; names it.
    """
    if not path.exists():
        raise DataError(f"there is no {path}")
    stroke_files, pictures = find_own(path)
    if not stroke_files and not pictures:
        raise DataError(
            f"{path} is neither a file of drawings ({', '.join(STROKE_ENDINGS)}) nor a folder with "
            "such files or with folders 0 to 9 of pictures"
        )
    drawings = [row for file in stroke_files for row in read_digits(file, origin_of(file))]
    own = OwnData(load_pictures(pictures), drawings)
    if not len(own.images) and not own.drawings:
        raise DataError(f"{path} holds no drawing and no picture")
    return own


def find_own(path: Path) -> tuple[list[Path], list[tuple[Path, int]]]:
    """The stroke files at a path, and the pictures with their labels, in the names' order."""
    if path.is_file():
        return ([path] if path.name.endswith(STROKE_ENDINGS) else []), []
    if not path.is_dir():
        return [], []
    stroke_files = [file for file in sorted(path.iterdir()) if file.name.endswith(STROKE_ENDINGS)]
    return stroke_files, list(_pictures(path))


def origin_of(stroke_file: Path) -> str:
    """The writer and the source of rows that name none: the file's name without its endings."""
    return stroke_file.name.split(".jsonl")[0]


def load_pictures(pictures: list[tuple[Path, int]]) -> Images:
    """Read pictures with their labels.

    Raises:
        DataError: one cannot be read; names it.
    """
    ink = np.zeros((len(pictures), 28, 28), np.uint8)
    for place, (path, _) in enumerate(pictures):
        ink[place] = read_picture(path)
    return Images(ink, np.array([label for _, label in pictures], np.int64))


def _pictures(folder: Path) -> Iterator[tuple[Path, int]]:
    for below in sorted(folder.iterdir()):
        if below.is_dir() and below.name in _DIGITS:
            for path in sorted(below.iterdir()):
                if path.is_file() and path.suffix.lower() in SUFFIXES:
                    yield path, int(below.name)
