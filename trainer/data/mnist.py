"""MNIST, from the file or files that lie about, or through Keras's own loader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.runs.folder import sha256
from trainer.data.idx import find_idx_files, read_idx
from trainer.errors import DataError

FILE_NAME = "mnist.npz"
Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Images:
    """Pictures of digits with their labels.

    Attributes:
        ink: (n, 28, 28) uint8, 0 = paper and 255 = ink.
        labels: (n,) int64 in 0-9.
    """

    ink: NDArray[np.uint8]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, rows: slice) -> Images:
        return Images(self.ink[rows], self.labels[rows])


@dataclass(frozen=True, eq=False)
class Mnist:
    """MNIST's two parts, 60,000 and 10,000 images, and where they came from."""

    train: Images
    test: Images
    origin: dict[str, str]


def load_mnist(folder: Path) -> Mnist:
    """Read ``mnist.npz`` in ``folder``, else its four idx files, else what Keras fetches.

    Raises:
        DataError: a file cannot be read, is incomplete or holds something else; or there is none
            and Keras cannot fetch it.
    """
    path = folder / FILE_NAME
    if path.is_file():
        return _mnist(_read_npz(path), [path])
    idx_files = find_idx_files(folder)
    if idx_files:
        return _mnist([read_idx(file) for file in idx_files], idx_files)
    return _mnist(_fetch(path), [])


def _read_npz(path: Path) -> list[Array]:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return [file[key] for key in ("x_train", "y_train", "x_test", "y_test")]
    except Exception as error:  # zipfile, zlib and numpy each raise their own for a broken file
        raise DataError(f"{path} cannot be read as MNIST: {error}") from error


def _fetch(path: Path) -> list[Array]:
    try:
        import keras
    except ImportError as error:
        raise DataError(
            f"there is no {path}; python -m trainer data fetch brings it (Keras, which could fetch "
            "it too, is not installed: pip install -r requirements.txt)"
        ) from error
    try:
        train, test = keras.datasets.mnist.load_data()
    except Exception as error:  # whatever the network does
        raise DataError(
            f"there is no {path}, no idx files beside it, and Keras cannot fetch MNIST: {error}; "
            "python -m trainer data fetch brings it"
        ) from error
    return [*train, *test]


def _mnist(arrays: list[Array], files: list[Path]) -> Mnist:
    train_ink, train_labels, test_ink, test_labels = arrays
    origin = {"file": "keras"}
    if files:
        origin = {
            "file": ", ".join(file.name for file in files),
            "sha256": ", ".join(sha256(file) for file in files),
        }
    return Mnist(_images(train_ink, train_labels), _images(test_ink, test_labels), origin)


def _images(ink: Array, labels: Array) -> Images:
    if ink.ndim != 3 or ink.shape[1:] != (28, 28) or ink.dtype != np.uint8 or not len(ink):
        raise DataError(f"MNIST's images have shape {ink.shape} {ink.dtype}, not (n, 28, 28) uint8")
    if labels.shape != ink.shape[:1]:
        raise DataError(f"MNIST has {len(ink)} images, but {labels.size} labels")
    if not np.isin(labels, range(10)).all():
        raise DataError("MNIST has labels outside 0-9")
    return Images(ink, labels.astype(np.int64))
