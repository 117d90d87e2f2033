"""The same samples, changed: what place, size, tilt, pen, order and noise do to the answers.

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
from numpy.typing import NDArray

from recognizer.geometry import draw, to_model_input
from trainer.evaluation.image_changes import IMAGE_CHANGES, ImageChange
from trainer.evaluation.intervals import paired_interval, wilson_interval
from trainer.evaluation.samples import Samples
from trainer.evaluation.stroke_changes import STROKE_CHANGES, StrokeChange, change_drawing

SAMPLES = 2_000  # of a set that are changed, at most: every n-th, so the same for every run
PENS = (1.2, 1.8, 2.4, 3.0, 3.6)  # pixels of the model input

Network = Callable[[Samples], NDArray[np.float32]]  # samples -> (n, 10) probabilities


@dataclass(frozen=True)
class Robustness:
    """The answers to samples that were all changed in one way.

    Attributes:
        change: what was done, as ``turned``; empty for the samples as they are.
        strength: how much, as ``10°``.
        right, total: samples.
        same: samples with the same answer as unchanged.
        lost: samples that were answered right only unchanged.
        won: samples that are answered right only now.
    """

    change: str
    strength: str
    right: int
    total: int
    same: int
    lost: int
    won: int

    @property
    def accuracy(self) -> float:
        """Share of the changed samples answered right, 0-1."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the accuracy."""
        return wilson_interval(self.right, self.total)

    @property
    def gain(self) -> float:
        """How much the accuracy grew by the change, -1 to 1; most changes cost some."""
        return (self.won - self.lost) / self.total

    @property
    def gain_interval(self) -> tuple[float, float]:
        """95 % interval of the gain."""
        return paired_interval(self.won, self.lost, self.total)

    def as_json(self) -> dict[str, Any]:
        """As run.json holds it."""
        return {**dataclasses.asdict(self), "accuracy": round(self.accuracy, 5)}


def measure_robustness(
    network: Network, samples: Samples, most: int = SAMPLES, kinds: frozenset[str] | None = None
) -> list[Robustness]:
    """Change every sample in every way; the first line is of the samples as they are.

    Args:
        network: to ask.
        samples: pictures, changed as pictures, or drawings, changed as strokes.
        most: samples to change at most; of more, so many are taken, evenly over the set.
        kinds: of changes; all, where nothing is given.
    """
    chosen = _evenly(samples, most)
    changed = _changed_drawings if chosen.drawings else _changed_images
    plain = network(chosen).argmax(axis=1)
    return [
        _compare("", "", plain, plain, chosen.labels),
        *(
            _compare(change, strength, plain, network(make()).argmax(axis=1), chosen.labels)
            for change, strength, make in changed(chosen)
            if kinds is None or change in kinds
        ),
    ]


_Digits = NDArray[np.int64]
_Changed = tuple[str, str, Callable[[], Samples]]


def _compare(
    change: str, strength: str, plain: _Digits, digits: _Digits, labels: _Digits
) -> Robustness:
    before, after = plain == labels, digits == labels
    return Robustness(
        change,
        strength,
        right=int(after.sum()),
        total=len(labels),
        same=int((digits == plain).sum()),
        lost=int((before & ~after).sum()),
        won=int((after & ~before).sum()),
    )


def _evenly(samples: Samples, most: int) -> Samples:
    places = np.linspace(0, len(samples) - 1, min(len(samples), most)).astype(int)
    return samples.take(samples.key, places)


def _changed_images(samples: Samples) -> Iterator[_Changed]:
    def make(change: ImageChange) -> Samples:
        return dataclasses.replace(samples, inputs=change(samples.inputs))

    for kind, strengths in IMAGE_CHANGES.items():
        for strength, change in strengths.items():
            yield kind, strength, lambda change=change: make(change)  # type: ignore[misc]


def _changed_drawings(samples: Samples) -> Iterator[_Changed]:
    def make(change: StrokeChange) -> Samples:
        changed = tuple(change_drawing(drawing, change) for drawing in samples.drawings)
        # A network is asked about strokes, and draws them itself.
        return dataclasses.replace(samples, inputs=samples.inputs[:0], drawings=changed)

    for kind, strengths in STROKE_CHANGES.items():
        for strength, change in strengths.items():
            yield kind, strength, lambda change=change: make(change)  # type: ignore[misc]
    for pen in PENS:
        strength = f"{pen} px wide"
        yield "drawn as a picture", strength, lambda pen=pen: _drawn(samples, pen)  # type: ignore[misc]


def _drawn(samples: Samples, pen_width: float) -> Samples:
    """Drawings as pictures by a pen of that width, so without what their strokes tell besides."""
    pictures = [to_model_input(draw(one.strokes, pen_width)) for one in samples.drawings]
    return dataclasses.replace(samples, inputs=np.stack(pictures), drawings=())
