"""MNIST, from a local file or through Keras's own loader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recognizer.runs.folder import sha256
from trainer.errors import DataError

FILE_NAME = "mnist.npz"


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
    """Read ``mnist.npz`` in ``folder``, or let Keras fetch it where there is none.

    Raises:
        DataError: the file cannot be read, is incomplete or holds something else; or there is
            none and Keras cannot fetch it.
    """
    path = folder / FILE_NAME
    (train_ink, train_labels), (test_ink, test_labels) = (
        _read(path) if path.is_file() else _fetch(path)
    )
    origin = {"file": FILE_NAME, "sha256": sha256(path)} if path.is_file() else {"file": "keras"}
    return Mnist(_images(train_ink, train_labels), _images(test_ink, test_labels), origin)


def _read(path: Path):  # type: ignore[no-untyped-def]
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return (file["x_train"], file["y_train"]), (file["x_test"], file["y_test"])
    except Exception as error:  # zipfile, zlib and numpy each raise their own for a broken file
        raise DataError(f"{path} cannot be read as MNIST: {error}") from error


def _fetch(path: Path):  # type: ignore[no-untyped-def]
    import keras

    try:
        return keras.datasets.mnist.load_data()
    except Exception as error:  # whatever the network does
        raise DataError(f"there is no {path}, and Keras cannot fetch MNIST: {error}") from error


def _images(ink: NDArray[np.uint8], labels: NDArray[np.uint8]) -> Images:
    if ink.ndim != 3 or ink.shape[1:] != (28, 28) or ink.dtype != np.uint8:
        raise DataError(f"MNIST's images have shape {ink.shape} {ink.dtype}, not (n, 28, 28) uint8")
    if labels.shape != ink.shape[:1]:
        raise DataError(f"MNIST has {len(ink)} images, but {len(labels)} labels")
    if not np.isin(labels, range(10)).all():
        raise DataError("MNIST has labels outside 0-9")
    return Images(ink, labels.astype(np.int64))
