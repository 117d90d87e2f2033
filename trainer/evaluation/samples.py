"""The samples a run is measured on: pictures and writers that its networks never saw.

What the run's networks say to them is for :mod:`trainer.evaluation.answers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Data
from trainer.data.mnist import Images
from trainer.data.model_inputs import Inputs, Labels, drawings_as_inputs, images_as_inputs
from trainer.data.people import identify
from trainer.data.stroke_files import LabelledDrawing

MNIST_TEST = "mnist_test"
HELD_OUT_WRITERS = "held_out_writers"
HELD_OUT_SITES = "held_out_sites"
OWN_IMAGES = "own_images"
OWN_DRAWINGS = "own_drawings"


@dataclass(frozen=True, eq=False)
class Samples:
    """A set of labelled model inputs.

    Attributes:
        key: what run.json calls the set, as ``held_out_writers``.
        inputs: (n, 28, 28, 1) float32 in [0, 1].
        labels: (n,) int64 in 0-9.
        rows: (n,) int64, which images of the test set, or which of the data's drawings, they are.
        drawings: the drawings behind the inputs, in their order; none where they are images.
    """

    key: str
    inputs: Inputs
    labels: Labels
    rows: NDArray[np.int64]
    drawings: tuple[LabelledDrawing, ...] = ()

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def inks(self) -> NDArray[np.uint8]:
        """(n, 28, 28) uint8, 0 = paper and 255 = ink: the inputs as pictures."""
        inks: NDArray[np.uint8] = np.rint(self.inputs[..., 0] * 255).astype(np.uint8)
        return inks

    def take(self, key: str, places: NDArray[np.int64]) -> Samples:
        """A set of some of them, (m,) places from 0, in that order."""
        drawings = tuple(self.drawings[place] for place in places) if self.drawings else ()
        return Samples(key, self.inputs[places], self.labels[places], self.rows[places], drawings)


def images_as_samples(key: str, images: Images) -> Samples:
    """All of a set of images."""
    inputs, labels = images_as_inputs(images)
    return Samples(key, inputs, labels, np.arange(len(labels)))


def drawings_as_samples(
    key: str, drawings: Sequence[LabelledDrawing], rows: Sequence[int] | None = None
) -> Samples:
    """Drawings as the server draws them.

    Args:
        key: of the set.
        drawings: to choose from.
        rows: which of them; all, where nothing is given.
    """
    chosen = range(len(drawings)) if rows is None else rows
    picked = tuple(drawings[row] for row in chosen)
    return Samples(key, *drawings_as_inputs(picked), np.array(chosen, np.int64), picked)


def main_samples(details: Mapping[str, Any], data: Data) -> list[Samples]:
    """MNIST's test images, and the drawings of the writers that the run held out, if any.

    Args:
        details: what the run's run.json holds.
        data: the data sets the run was made from.
    """
    samples = [images_as_samples(MNIST_TEST, data.mnist.test)]
    if rows := _held_out_rows(details, data.drawings):
        samples.append(drawings_as_samples(HELD_OUT_WRITERS, data.drawings, rows))
    return samples


def held_out_writers(
    details: Mapping[str, Any], drawings: Sequence[LabelledDrawing]
) -> list[LabelledDrawing]:
    """The drawings that the run's main network was not trained on, under no writer's name."""
    return [drawings[row] for row in _held_out_rows(details, drawings)]


def _held_out_rows(details: Mapping[str, Any], drawings: Sequence[LabelledDrawing]) -> list[int]:
    """Rows of the held-out writers, less those that stand among the trained ones point for point.

    UNIPEN files some drawings under two writers; runs made before that was seen have both.
    """
    writers = details["splits"].get("writers", {})
    trained, held_out = set(writers.get("train", ())), set(writers.get("validation", ()))
    seen = {identify(drawing) for drawing in drawings if writer_id(drawing) in trained} - {None}
    return [
        row
        for row, drawing in enumerate(drawings)
        if writer_id(drawing) in held_out and identify(drawing) not in seen
    ]


def writer_id(drawing: LabelledDrawing) -> str:
    """The writer of a drawing as run.json names them: ``site/writer``."""
    return f"{drawing.source}/{drawing.writer}"
