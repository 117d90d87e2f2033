"""A stand-in for the network that knows which strokes make a digit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from recognizer.geometry import Ink, Points, draw
from recognizer.outputs import NetworkOutputs

Strokes = Sequence[Points]


class Knowing:
    """Is sure of the digits that it knows, by their points, and of nothing else."""

    def __init__(self) -> None:
        self.asked: list[list[list[Points]]] = []
        self._known: dict[frozenset[bytes], int] = {}
        self._digitness: dict[frozenset[bytes], float] = {}

    def learn(self, digit: int, strokes: Strokes) -> list[Points]:
        """Know these strokes, in any order, as a digit; returns them."""
        self._known[self._name(strokes)] = digit
        return list(strokes)

    def mistrust(self, strokes: Strokes, digitness: float) -> None:
        """Take these strokes, that are known, for a digit with this little digitness."""
        self._digitness[self._name(strokes)] = digitness

    def __call__(self, drawings: Sequence[Strokes]) -> tuple[list[Ink], NetworkOutputs]:
        self.asked.append([list(drawing) for drawing in drawings])
        probabilities = np.full((len(drawings), 10), 0.07)
        digitness = np.full(len(drawings), 0.02)
        probabilities[:, 1] = 0.37
        for place, drawing in enumerate(drawings):
            if (digit := self._known.get(self._name(drawing))) is not None:
                probabilities[place] = 0.001
                probabilities[place, digit] = 0.991
                digitness[place] = self._digitness.get(self._name(drawing), 0.99)
        return [draw(drawing) for drawing in drawings], NetworkOutputs(probabilities, digitness)

    @staticmethod
    def _name(strokes: Strokes) -> frozenset[bytes]:
        return frozenset(stroke.tobytes() for stroke in strokes)


@pytest.fixture
def ask() -> Knowing:
    return Knowing()
