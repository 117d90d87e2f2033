"""Public sets of pictures that no recipe trains on, kept in the size in which they are published.

They are given MNIST's form when they are read, by the very code that reads small pictures for a
server, so that a figure tells how such pictures would be answered.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import IMAGE_SIZE
from recognizer.photos.digits.inks import place_small
from trainer.data.fetch.sources import TEST_SOURCES, Source
from trainer.data.mnist import Images
from trainer.errors import DataError


def find_test_sets(path: Path) -> list[tuple[Source, Path]]:
    """The files of these sets that lie in a folder; or the file itself, where it is one of them."""
    folder = path if path.is_dir() else path.parent
    places = ((source, folder / source.gives[0]) for source in TEST_SOURCES)
    return [(source, file) for source, file in places if file.is_file() and path in (folder, file)]


def load_test_set(source: Source, folder: Path) -> Images:
    """Read one of these sets.

    Args:
        source: of ``TEST_SOURCES``.
        folder: where its file lies.

    Returns:
        its pictures in MNIST's form.

    Raises:
        DataError: the file is missing or damaged.
    """
    path = folder / source.gives[0]
    if not path.is_file():
        raise DataError(f"there is no {path}; python -m trainer data fetch {source.name} brings it")
    inks, labels = _read(path)
    placed = np.empty((len(inks), IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    for number, ink in enumerate(inks):
        placed[number] = place_small(ink)
    return Images(placed, labels.astype(np.int64))


def write_pictures(path: Path, inks: NDArray[np.uint8], labels: NDArray[np.int64]) -> None:
    """Write a file of pictures; the same pictures give the same bytes.

    Args:
        path: of the file.
        inks: (n, height, width), 0 = paper and 255 = ink; each has some ink.
        labels: (n,) in 0-9.
    """
    np.savez_compressed(path, inks=inks, labels=labels.astype(np.uint8))


def _read(path: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            inks, labels = file["inks"], file["labels"]
    except Exception as error:  # zipfile, zlib and numpy each raise their own for a broken file
        raise DataError(f"{path} cannot be read as pictures: {error}") from error
    is_whole = inks.ndim == 3 and inks.dtype == np.uint8 and labels.shape == inks.shape[:1]
    if not is_whole or not len(inks) or not inks.any(axis=(1, 2)).all():
        raise DataError(f"{path} does not hold pictures with ink and a label for each")
    if not np.isin(labels, range(10)).all():
        raise DataError(f"{path} has labels outside 0-9")
    return inks, labels
