"""All the data sets that a run is made from, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trainer.data.mnist import Mnist, load_mnist
from trainer.data.stroke_files import LabelledDrawing, load_drawings, origins


@dataclass(frozen=True, eq=False)
class Data:
    """Pictures, drawings, and the file and checksum of each data set by its name."""

    mnist: Mnist
    drawings: list[LabelledDrawing]
    origins: dict[str, dict[str, str]]


def load_data(folder: Path) -> Data:
    """Read the data sets.

    Raises:
        DataError: one of them is missing or damaged.
    """
    mnist = load_mnist(folder)
    return Data(mnist, load_drawings(folder), {"mnist": mnist.origin, **origins(folder)})
