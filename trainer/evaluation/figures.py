"""How good a run is, on images and hands that its networks never saw.

What is measured is what is served: the geometry, the ONNX networks and ONNX
Runtime, not Keras.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recognizer.engine import Engine
from recognizer.runs.folder import MODEL_FILE
from trainer.data.collection import Data
from trainer.data.model_inputs import Inputs, Labels, drawings_as_inputs, images_as_inputs
from trainer.data.splits import sites
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.intervals import wilson_interval


@dataclass(frozen=True)
class Figure:
    """The accuracy on one part of the data.

    Attributes:
        key: what run.json calls it, as ``held_out_site/ibm``.
        right, total: samples.
    """

    key: str
    right: int
    total: int

    @property
    def accuracy(self) -> float:
        """Share of the samples answered right, 0-1."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the accuracy, the samples taken as independent."""
        return wilson_interval(self.right, self.total)

    def as_json(self) -> dict[str, Any]:
        """As run.json holds it."""
        low, high = (round(bound, 5) for bound in self.interval)
        return {
            "accuracy": round(self.accuracy, 5),
            "interval": [low, high],
            "right": self.right,
            "total": self.total,
        }


def evaluate(folder: Path, details: Mapping[str, Any], data: Data) -> list[Figure]:
    """Measure a run: MNIST's test images, writers held out, and sites held out.

    Args:
        folder: of the run.
        details: what its run.json holds.
        data: the data sets the run was made from.

    Returns:
        For MNIST's test set, for the held-out writers together and by site, and, where the run
        has networks that never saw a site, for these sites together and one by one.
    """
    main = Engine(folder / MODEL_FILE)
    mnist = _figure("mnist_test", main, images_as_inputs(data.mnist.test))
    writers = list(_by_site("held_out_writers", main, held_out_writers(details, data.drawings)))
    unknown = list(_unknown_sites(folder, data.drawings))
    return [mnist, *_with_total(writers), *_with_total(unknown)]


def held_out_writers(
    details: Mapping[str, Any], drawings: Sequence[LabelledDrawing]
) -> list[LabelledDrawing]:
    """The drawings of the writers that the run's main network was not trained on."""
    hands = set(details["splits"]["writers"]["validation"])
    return [drawing for drawing in drawings if f"{drawing.source}/{drawing.writer}" in hands]


def _unknown_sites(folder: Path, drawings: Sequence[LabelledDrawing]) -> Iterator[Figure]:
    for site in sites(drawings):
        path = folder / f"without-{site}.onnx"
        if path.exists():
            unseen = [drawing for drawing in drawings if drawing.source == site]
            yield from _by_site("held_out_sites", Engine(path), unseen)


def _by_site(key: str, engine: Engine, drawings: Sequence[LabelledDrawing]) -> Iterator[Figure]:
    for site in sites(drawings):
        rows = [drawing for drawing in drawings if drawing.source == site]
        yield _figure(f"{key}/{site}", engine, drawings_as_inputs(rows))


def _figure(key: str, engine: Engine, samples: tuple[Inputs, Labels]) -> Figure:
    inputs, labels = samples
    answers = engine.probabilities(inputs).argmax(axis=1)
    return Figure(key, int((answers == labels).sum()), len(labels))


def _with_total(parts: list[Figure]) -> list[Figure]:
    if not parts:
        return []
    key = parts[0].key.split("/")[0]
    total = Figure(key, sum(part.right for part in parts), sum(part.total for part in parts))
    return [total, *parts]
