"""Turn the archives of USPS, EMNIST and scikit-learn's digits into files of pictures.

Each is published in numbers and an orientation of its own; all become ink, 0 = paper and 255 = ink,
upright, in their own size.  Only the parts for testing are read: no recipe trains on them.
"""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.idx import parse_idx
from trainer.data.picture_sets import write_pictures
from trainer.errors import DataError

_MAX_BYTES = 64 << 20  # of one part, unpacked; EMNIST's digits have 31 MB
_USPS_SIDE = 16
_SKLEARN_SIDE, _SKLEARN_MOST = 8, 16

OnProblem = Callable[[str], None]


def convert_usps(archive: Path, folder: Path, on_problem: OnProblem) -> dict[str, int]:
    """USPS as LIBSVM packs it: lines ``label 1:value … 256:value``, 16 rows of 16 from the top.

    Labels are 1 to 10 for 0 to 9; values -1 (paper) to 1 (ink).

    Returns:
        the number of pictures in the file that was written, by its name.

    Raises:
        DataError: the archive is something else.
    """
    from sklearn.datasets import load_svmlight_file  # type: ignore[import-untyped]

    with _reading(archive, "USPS"), bz2.open(archive) as file:
        lines = io.BytesIO(_bounded(file))
        rows, labels = load_svmlight_file(lines, n_features=_USPS_SIDE**2, zero_based=False)
        _demand(rows.shape[0] > 0, "it has no line")
        values = rows.toarray()
        _demand(bool((np.abs(values) <= 1).all()), "it has values outside -1 to 1")
        _demand(bool(np.isin(labels, range(1, 11)).all()), "it has labels outside 1 to 10")
        inks = ((values + 1) * 127.5).reshape(-1, _USPS_SIDE, _USPS_SIDE)
    return _write(folder / "usps-test.npz", inks, labels - 1, on_problem)


def convert_emnist(archive: Path, folder: Path, on_problem: OnProblem) -> dict[str, int]:
    """EMNIST's digits, two gzipped idx files of the archive; their rows are the digits' columns.

    Returns:
        the number of pictures in the file that was written, by its name.

    Raises:
        DataError: the archive is something else.
    """
    with _reading(archive, "EMNIST"), zipfile.ZipFile(archive) as members:
        inks, labels = (
            _idx(members, f"gzip/emnist-digits-test-{part}-ubyte.gz")
            for part in ("images-idx3", "labels-idx1")
        )
        _demand(inks.ndim == 3 and len(inks) > 0, f"its images have the shape {inks.shape}")
        _demand(labels.shape == inks.shape[:1], f"{len(inks)} images, {labels.size} labels")
        _demand(bool(np.isin(labels, range(10)).all()), "it has labels outside 0 to 9")
    upright = inks.transpose(0, 2, 1)
    return _write(folder / "emnist-digits-test.npz", upright, labels, on_problem)


def convert_sklearn_digits(archive: Path, folder: Path, on_problem: OnProblem) -> dict[str, int]:
    """scikit-learn's digits: lines of 64 numbers, 0 (paper) to 16 (ink), and the label.

    Returns:
        the number of pictures in the file that was written, by its name.

    Raises:
        DataError: the archive is something else.
    """
    with _reading(archive, "scikit-learn's digits"), gzip.open(archive) as file:
        table = np.loadtxt(io.BytesIO(_bounded(file)), delimiter=",", ndmin=2)
        _demand(table.shape[1] == _SKLEARN_SIDE**2 + 1, f"its shape is {table.shape}")
        values, labels = table[:, :-1], table[:, -1]
        in_range = (values >= 0).all() and (values <= _SKLEARN_MOST).all()
        _demand(bool(in_range), f"it has values outside 0 to {_SKLEARN_MOST}")
        _demand(bool(np.isin(labels, range(10)).all()), "it has labels outside 0 to 9")
        inks = (values * (255 / _SKLEARN_MOST)).reshape(-1, _SKLEARN_SIDE, _SKLEARN_SIDE)
    return _write(folder / "sklearn-digits.npz", inks, labels, on_problem)


def _write(
    path: Path, inks: NDArray[Any], labels: NDArray[Any], on_problem: OnProblem
) -> dict[str, int]:
    ink = np.rint(inks).astype(np.uint8)
    has_ink = ink.any(axis=(1, 2))
    for number in np.flatnonzero(~has_ink):
        on_problem(f"picture {number} of {path.name} carries no ink")
    if not has_ink.any():
        raise DataError(f"no picture of {path.name} carries ink")
    write_pictures(path, ink[has_ink], labels[has_ink])
    return {path.name: int(has_ink.sum())}


def _idx(members: zipfile.ZipFile, name: str) -> NDArray[np.uint8]:
    with members.open(name) as packed, gzip.open(packed) as file:
        return parse_idx(_bounded(file), name)


def _bounded(file: io.BufferedIOBase) -> bytes:
    content = file.read(_MAX_BYTES + 1)
    _demand(len(content) <= _MAX_BYTES, "it unpacks to far more than it should")
    return content


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


@contextmanager
def _reading(archive: Path, what: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError) as error:
        reason = error.args[0] if isinstance(error, KeyError) else error
        raise DataError(f"{archive} cannot be read as {what}: {reason}") from error
