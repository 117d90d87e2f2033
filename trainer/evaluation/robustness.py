"""The same samples, changed: what place, size, tilt, pen and noise do to the answers.

The changes of strokes are drawn by the recognizer's geometry as ever, so most of
them ask whether it undoes them; the pictures go to the network as the change
left them, so theirs ask what the network itself bears.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from trainer.evaluation.answers import CalibratedNetwork
from trainer.evaluation.image_changes import IMAGE_CHANGES
from trainer.evaluation.intervals import wilson_interval
from trainer.evaluation.samples import Samples, drawings_as_samples
from trainer.evaluation.stroke_changes import STROKE_CHANGES, change_drawing

SAMPLES = 2_000  # of a set that are changed, at most: every n-th, so the same for every run


@dataclass(frozen=True)
class Robustness:
    """The accuracy on samples that were all changed in one way.

    Attributes:
        change: what was done, as ``turned``; empty for the samples as they are.
        strength: how much, as ``10°``.
        right, total: samples.
    """

    change: str
    strength: str
    right: int
    total: int

    @property
    def accuracy(self) -> float:
        """Share of the changed samples answered right, 0-1."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the accuracy."""
        return wilson_interval(self.right, self.total)

    def as_json(self) -> dict[str, Any]:
        """As run.json holds it."""
        return {**dataclasses.asdict(self), "accuracy": round(self.accuracy, 5)}


def measure_robustness(network: CalibratedNetwork, samples: Samples) -> list[Robustness]:
    """Change every sample in every way; the first line is of the samples as they are.

    Args:
        network: to ask.
        samples: pictures, changed as pictures, or drawings, changed as strokes. Of more than
            :data:`SAMPLES` as many are taken, evenly over the set.
    """
    chosen = _evenly(samples)
    changed = _changed_drawings if chosen.drawings else _changed_images
    return [
        Robustness(change, strength, _right(network, inputs, chosen), len(chosen))
        for change, strength, inputs in [("", "", lambda: chosen.inputs), *changed(chosen)]
    ]


_Changed = tuple[str, str, Callable[[], Any]]


def _evenly(samples: Samples) -> Samples:
    places = np.linspace(0, len(samples) - 1, min(len(samples), SAMPLES)).astype(int)
    return samples.take(samples.key, places)


def _changed_images(samples: Samples) -> Iterator[_Changed]:
    for kind, strengths in IMAGE_CHANGES.items():
        for strength, change in strengths.items():
            yield kind, strength, lambda change=change: change(samples.inputs)  # type: ignore[misc]


def _changed_drawings(samples: Samples) -> Iterator[_Changed]:
    for kind, strengths in STROKE_CHANGES.items():
        for strength, change in strengths.items():
            yield (
                kind,
                strength,
                lambda change=change: (
                    drawings_as_samples(  # type: ignore[misc]
                        samples.key,
                        [change_drawing(drawing, change) for drawing in samples.drawings],
                    ).inputs
                ),
            )


def _right(network: CalibratedNetwork, inputs: Callable[[], Any], samples: Samples) -> int:
    return int((network(inputs()).argmax(axis=1) == samples.labels).sum())
