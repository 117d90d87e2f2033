"""How evenly a network reads different people: the accuracy of each writer by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.intervals import wilson_interval
from trainer.evaluation.samples import writer_id


@dataclass(frozen=True)
class WriterAccuracy:
    """One writer.

    Attributes:
        writer: named ``site/writer``.
        right, total: of their drawings.
    """

    writer: str
    right: int
    total: int

    @property
    def accuracy(self) -> float:
        """Share of their drawings answered right, 0-1."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the accuracy."""
        return wilson_interval(self.right, self.total)


@dataclass(frozen=True)
class WriterSpread:
    """All the writers of a set, the worst first.

    Attributes:
        writers: at least one, by accuracy and then by name.
    """

    writers: tuple[WriterAccuracy, ...]

    def quantile(self, share: float) -> float:
        """The accuracy that ``share`` (0-1) of the writers do not pass; every writer counts once.

        0 is the worst writer's, 0.5 the median, 1 the best one's; between two writers it is
        taken from the straight line between them.
        """
        return float(np.quantile([writer.accuracy for writer in self.writers], share))


def odd_half(people: Sequence[str]) -> NDArray[np.bool_]:
    """Half of the people, so that what is fitted on the others is measured on strangers.

    Args:
        people: (n,) names, of who drew each drawing.

    Returns:
        (n,) bool, whether the person stands at an odd place in the order of the names.
    """
    place = {person: at for at, person in enumerate(sorted(set(people)))}
    return np.array([place[person] % 2 == 1 for person in people])


def writer_spread(drawings: Sequence[LabelledDrawing], right: NDArray[np.bool_]) -> WriterSpread:
    """Count by writer.

    Args:
        drawings: at least one.
        right: (n,) bool, whether each was answered right.
    """
    answered: dict[str, list[bool]] = defaultdict(list)
    for drawing, is_right in zip(drawings, right.tolist(), strict=True):
        answered[writer_id(drawing)].append(is_right)
    writers = [WriterAccuracy(name, sum(each), len(each)) for name, each in answered.items()]
    return WriterSpread(tuple(sorted(writers, key=lambda one: (one.accuracy, one.writer))))
