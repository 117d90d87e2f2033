"""Read the idx files that MNIST is published in: a header of sizes, then the numbers.

The format stands at the end of http://yann.lecun.com/exdb/mnist/: two zero bytes, the type (8 is
unsigned byte), the number of dimensions, each dimension as a big-endian 32-bit number, the data.
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recognizer.errors import reason_of
from trainer.errors import DataError

_UNSIGNED_BYTE = 8
_SPELLINGS = ("{part}-idx{dimensions}-ubyte", "{part}.idx{dimensions}-ubyte")
_ENDINGS = ("", ".gz")
# MNIST's four files: the first part of the name, and how many dimensions the data has.
_PARTS = {"train-images": 3, "train-labels": 1, "t10k-images": 3, "t10k-labels": 1}


def find_idx_files(folder: Path) -> list[Path] | None:
    """MNIST's four idx files in ``folder``: training images and labels, test images and labels.

    Either spelling (``-idx3-ubyte``, ``.idx3-ubyte``), gzipped (``.gz``) or not.

    Returns:
        The four, or None where there is not one of them.

    Raises:
        DataError: some are there and others not.
    """
    found = {part: _find(folder, part, dimensions) for part, dimensions in _PARTS.items()}
    missing = [part for part, path in found.items() if path is None]
    if len(missing) == len(found):
        return None
    if missing:
        raise DataError(f"{folder} has some of MNIST's idx files, but not {' and '.join(missing)}")
    return [path for path in found.values() if path is not None]


def read_idx(path: Path) -> NDArray[np.uint8]:
    """The array that an idx file of unsigned bytes holds.

    Raises:
        DataError: it cannot be read, is cut off or too long, or holds something else.
    """
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path} cannot be read as an idx file: {reason_of(error)}") from error
    return parse_idx(content, str(path))


def parse_idx(content: bytes, name: str) -> NDArray[np.uint8]:
    """The array that the bytes of an idx file hold.

    Args:
        content: of the file, unpacked.
        name: of the file, for errors.

    Raises:
        DataError: it is cut off or too long, or holds something else.
    """
    try:
        zero, kind, dimensions = struct.unpack_from(">HBB", content)
        shape = struct.unpack_from(f">{dimensions}I", content, 4)
    except struct.error as error:
        raise DataError(f"{name} cannot be read as an idx file: {error}") from error
    if zero or kind != _UNSIGNED_BYTE:
        raise DataError(f"{name} is not an idx file of unsigned bytes")
    start = 4 + 4 * dimensions
    expected, actual = math.prod(shape), len(content) - start
    if actual != expected:
        raise DataError(f"{name} says it holds {expected} bytes of data, but has {actual}")
    try:
        return np.frombuffer(content, np.uint8, offset=start).reshape(shape)
    except ValueError as error:  # more dimensions, or longer ones, than any array has
        raise DataError(f"{name} cannot be read as an idx file: {error}") from error


def _find(folder: Path, part: str, dimensions: int) -> Path | None:
    names = [
        spelling.format(part=part, dimensions=dimensions) + ending
        for spelling in _SPELLINGS
        for ending in _ENDINGS
    ]
    return next((folder / name for name in names if (folder / name).is_file()), None)
