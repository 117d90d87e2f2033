"""All the data sets that a run is made from, and where each came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trainer.data.mnist import Mnist, load_mnist
from trainer.data.outliers import OUTLIER_FILES, Outlier, load_outliers
from trainer.data.stroke_files import DIGIT_FILES, LabelledDrawing, load_drawings, origins
from trainer.errors import DataError

Wanted = Literal["required", "optional", "none"]


@dataclass(frozen=True, eq=False)
class Data:
    """Pictures, drawings, and the file and checksum of each data set by its name.

    Attributes:
        outliers: letters and symbols, where they were asked for.
    """

    mnist: Mnist
    drawings: list[LabelledDrawing]
    origins: dict[str, dict[str, str]]
    outliers: Sequence[Outlier] = ()


def load_data(folder: Path, *, drawings: Wanted = "required", outliers: Wanted = "none") -> Data:
    """Read the data sets.

    Args:
        folder: where they lie.
        drawings: whether the digits' stroke files must be there; ``optional`` reads those that
            are, ``none`` reads none.
        outliers: the same of the letters' and symbols'.

    Raises:
        DataError: one of them is missing or damaged, or there is no digit where drawings must be.
    """
    mnist = load_mnist(folder)
    names = _wanted(folder, DIGIT_FILES, drawings)
    others = _wanted(folder, tuple(OUTLIER_FILES.values()), outliers)
    digits, letters = load_drawings(folder, names), load_outliers(folder, others)
    if drawings == "required" and not digits:
        raise DataError(f"{folder} holds no drawing: {' and '.join(names)} are empty")
    # After the reading, which says more plainly what is missing.
    found = {"mnist": mnist.origin, **origins(folder, [*names, *others])}
    return Data(mnist, digits, found, letters)


def _wanted(folder: Path, names: Sequence[str], wanted: Wanted) -> list[str]:
    if wanted == "none":
        return []
    return [name for name in names if wanted == "required" or (folder / name).is_file()]
