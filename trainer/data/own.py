"""A person's own data: drawings as JSON lines, and pictures in folders named 0 to 9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from recognizer.geometry import Ink
from recognizer.hidden_files import is_hidden
from trainer.data.mnist import Images
from trainer.data.outliers import Outlier
from trainer.data.pictures import SUFFIXES, read_picture
from trainer.data.rows import NO_DIGIT, digit_of, is_number
from trainer.data.stroke_files import LabelledDrawing, read_rows
from trainer.errors import DataError

STROKE_ENDINGS = (".jsonl", ".jsonl.gz")
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, eq=False)
class OwnData:
    """What lies at a path.

    Attributes:
        images: in MNIST's form; may be none.
        drawings: of digits; may be none.
        outliers: drawings with an empty label, which are of something else.
        left_out: what is not read: files that are no pictures, and drawings of several digits.
    """

    images: Images
    drawings: list[LabelledDrawing]
    outliers: list[Outlier] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def load_own(path: Path) -> OwnData:
    """Read own data.

    Args:
        path: a file of JSON lines (``.jsonl``, ``.jsonl.gz``; :mod:`trainer.data.rows` tells what
            a line holds; rows that name no writer or source have the file's name), or a folder
            with such files, or with folders 0 to 9 of pictures, or both.  Pictures may lie in
            folders within these; what systems hide there is passed over.

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
    own = OwnData(_read_pictures(pictures), [], left_out=list(map(str, find_left_out(path))))
    cut_out = [found for file in stroke_files for found in _read_drawings(file, own)]
    own = replace(own, images=_with(own.images, cut_out))
    if not len(own.images) and not own.drawings and not own.outliers:
        raise DataError(f"{path} holds no drawing and no picture of one digit")
    return own


def find_own(path: Path) -> tuple[list[Path], list[tuple[Path, int]]]:
    """The stroke files at a path, and the pictures with their labels, in the names' order."""
    if path.is_file():
        return ([path] if path.name.lower().endswith(STROKE_ENDINGS) else []), []
    if not path.is_dir():
        return [], []
    stroke_files = [
        file
        for file in sorted(path.iterdir())
        if file.name.lower().endswith(STROKE_ENDINGS) and not is_hidden(file.name)
        if file.is_file()
    ]
    pictures = [(file, label) for file, label in _labelled(path) if file.suffix.lower() in SUFFIXES]
    return stroke_files, pictures


def find_left_out(path: Path) -> list[Path]:
    """The files in a folder's folders 0 to 9 that are no pictures by their names."""
    if not path.is_dir():
        return []
    return [file for file, _ in _labelled(path) if file.suffix.lower() not in SUFFIXES]


def origin_of(stroke_file: Path) -> str:
    """The writer and the source of rows that name none: the file's name without its endings."""
    name = re.sub(r"\.jsonl(\.gz)?$", "", stroke_file.name, flags=re.IGNORECASE)
    return name.encode("utf-8", "replace").decode()  # a name may be in another encoding


def _read_pictures(pictures: list[tuple[Path, int]]) -> Images:
    ink = np.zeros((len(pictures), 28, 28), np.uint8)
    for place, (path, _) in enumerate(pictures):
        ink[place] = read_picture(path)
    return Images(ink, np.array([label for _, label in pictures], np.int64))


def _labelled(folder: Path) -> Iterator[tuple[Path, int]]:
    """Every file under the folders 0 to 9, with the number of its folder."""
    for below in sorted(folder.iterdir()):
        if below.is_dir() and below.name in _DIGITS:
            yield from ((file, int(below.name)) for file in _files(below))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if is_hidden(path.name):
            continue
        if path.is_dir() and not path.is_symlink():  # a link may lead back up
            yield from _files(path)
        elif path.is_file():
            yield path


def _with(images: Images, more: list[tuple[Ink, int]]) -> Images:
    """Images with some more, of which each is told with its label."""
    if not more:
        return images
    inks, labels = zip(*more, strict=True)
    return Images(
        np.concatenate([images.ink, np.stack(inks)]),
        np.concatenate([images.labels, np.array(labels, np.int64)]),
    )


def _read_drawings(file: Path, own: OwnData) -> Iterator[tuple[Ink, int]]:
    """Add a file's drawings to own data; gives the digits of pictures that stand among them."""
    for place, row in read_rows(file, origin_of(file)):
        if row.ink is not None and (row.label == NO_DIGIT or is_number(row.label)):
            own.left_out.append(f"{place} ({row.label or 'no digit'}, a picture)")
        elif row.ink is not None:
            yield row.ink, digit_of(row, place)
        elif row.label == NO_DIGIT:
            own.outliers.append(Outlier("", "symbol", row.source, row.writer, row.strokes))
        elif is_number(row.label):
            own.left_out.append(f"{place} ({row.label})")
        else:
            digit = digit_of(row, place)
            own.drawings.append(LabelledDrawing(digit, row.source, row.writer, row.strokes))
