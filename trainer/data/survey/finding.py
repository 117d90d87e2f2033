"""Find what there is to look at, read all of it that can be read, and name the rest."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from recognizer.geometry import Ink
from trainer.data.idx import find_idx_files
from trainer.data.mnist import FILE_NAME, Images, load_mnist
from trainer.data.own import find_left_out, find_own, origin_of
from trainer.data.picture_sets import find_test_sets, load_test_set
from trainer.data.pictures import read_picture
from trainer.data.rows import NO_DIGIT, Row, digit_of, is_number
from trainer.data.splits import main_split
from trainer.data.stroke_files import DIGIT_FILES, LabelledDrawing, read_rows
from trainer.data.survey.samples import (
    SampleSet,
    drawing_samples,
    mnist_samples,
    picture_samples,
    test_set_samples,
)
from trainer.errors import DataError

_NOT_DIGITS = ("unipen-upper", "unipen-lower", "unipen-symbols")


@dataclass
class Survey:
    """The data sets that could be read, and a sentence on everything that could not.

    Attributes:
        sets: each under a name of its own.
        left_out: files among pictures that are none by their names.
    """

    sets: list[SampleSet] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def add(self, data_set: SampleSet) -> None:
        """Add a set; the second one of a name gets ``(2)`` behind it, and so on."""
        name, taken = data_set.name, {one.name for one in self.sets}
        others = (f"{name} ({number})" for number in itertools.count(2))
        free = next(one for one in itertools.chain([name], others) if one not in taken)
        self.sets.append(replace(data_set, name=free))


def survey(folder: Path, paths: Sequence[Path], validation_images: int) -> Survey:
    """Read data sets as far as they can be read.

    Args:
        folder: the data folder, looked at where no path is named.
        paths: folders with MNIST, files of drawings, folders of them or of pictures by label.
        validation_images: how many of MNIST's training images are for validation.

    Raises:
        DataError: there is nothing at a path, or nothing at all.
    """
    found = Survey()
    for path in paths or [folder]:
        before = len(found.sets) + len(found.problems)
        if not path.exists():
            raise DataError(f"there is no {path}")
        _read_mnist(path, validation_images, found)
        _read_own(path, found)
        _read_test_sets(path, found)
        if len(found.sets) + len(found.problems) == before:
            raise DataError(
                f"{path} holds no data set: no {FILE_NAME} or idx files, no drawings (.jsonl, "
                ".jsonl.gz), no folders 0 to 9 of pictures; "
                "python -m trainer data fetch brings the public ones"
            )
    return found


def _read_mnist(path: Path, validation_images: int, found: Survey) -> None:
    folder = path.parent if path.name == FILE_NAME else path
    try:
        if (folder / FILE_NAME).is_file() or (folder.is_dir() and find_idx_files(folder)):
            found.add(mnist_samples(load_mnist(folder), validation_images))
    except DataError as error:
        found.problems.append(str(error))


def _read_own(path: Path, found: Survey) -> None:
    stroke_files, pictures = find_own(path)
    found.left_out += map(str, find_left_out(path))
    for file in stroke_files:
        rows = _rows(file, found)
        if rows:
            held_out = _held_out(rows) if file.name in DIGIT_FILES else frozenset()
            found.add(drawing_samples(origin_of(file), rows, held_out))
    read = [(*one, ink) for one in pictures if (ink := _ink(one[0], found)) is not None]
    if read:
        paths, labels, inks = zip(*read, strict=True)
        images = Images(np.stack(inks), np.array(labels, np.int64))
        found.add(picture_samples(path.resolve().name, images, paths))


def _read_test_sets(path: Path, found: Survey) -> None:
    for source, file in find_test_sets(path):
        try:
            images = load_test_set(source, file.parent)
            found.add(test_set_samples(source.name, images))
        except DataError as error:
            found.problems.append(str(error))


def _rows(file: Path, found: Survey) -> list[tuple[str, Row]]:
    are_digits = not file.name.startswith(_NOT_DIGITS)
    may_be_none = file.name not in DIGIT_FILES
    before = len(found.problems)
    rows: list[tuple[str, Row]] = []
    try:
        for place, row in read_rows(file, origin_of(file), lambda e: found.problems.append(str(e))):
            try:
                is_none = row.label == NO_DIGIT or is_number(row.label)
                if are_digits and not (may_be_none and is_none):
                    digit_of(row, place)
                rows.append((place, row))
            except DataError as error:
                found.problems.append(str(error))
    except DataError as error:
        found.problems.append(str(error))
    if not rows and len(found.problems) == before:
        found.problems.append(f"{file} holds no drawing")
    return rows


def _held_out(rows: Sequence[tuple[str, Row]]) -> frozenset[tuple[str, str]]:
    drawings = [
        LabelledDrawing(digit_of(row, place), row.source, row.writer, row.strokes)
        for place, row in rows
    ]
    return frozenset((one.source, one.writer) for one in main_split(drawings).validation)


def _ink(path: Path, found: Survey) -> Ink | None:
    try:
        return read_picture(path)
    except DataError as error:
        found.problems.append(str(error))
        return None
