"""All the data sets that a run is made from, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trainer.data.mnist import Mnist, load_mnist
from trainer.data.stroke_files import DIGIT_FILES, LabelledDrawing, load_drawings, origins

Wanted = Literal["required", "optional", "none"]


@dataclass(frozen=True, eq=False)
class Data:
    """Pictures, drawings, and the file and checksum of each data set by its name."""

    mnist: Mnist
    drawings: list[LabelledDrawing]
    origins: dict[str, dict[str, str]]


def load_data(folder: Path, *, drawings: Wanted = "required") -> Data:
    """Read the data sets.

    Args:
        folder: where they lie.
        drawings: whether the stroke files must be there; ``optional`` reads those that are,
            ``none`` reads none.

    Raises:
        DataError: one of them is missing or damaged.
    """
    mnist = load_mnist(folder)
    names = [name for name in DIGIT_FILES if drawings == "required" or (folder / name).is_file()]
    names = [] if drawings == "none" else names
    return Data(
        mnist, load_drawings(folder, names), {"mnist": mnist.origin, **origins(folder, names)}
    )
