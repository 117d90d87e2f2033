"""Ask a quick network first, and the exact one about what the first is not sure of.

A network in 8-bit integers takes a third of the time and is as right as the one it was made from,
but a score in the middle may move by some hundredths, across a threshold too.  So whatever is not
plain is asked again, and thresholds are met by exact scores (a cascade: Viola and Jones 2001).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizer.directions import DirectionMaps
from recognizer.engine import Digitness, Engine, Probabilities
from recognizer.geometry import ModelInput

PLAIN = 0.95  # a score from here on is plain, and so is a digitness up to 1 less this


class Cascade:
    """Two forms of one network; asked like an :class:`Engine`.

    Attributes:
        reads_directions: whether it wants the direction maps.
        tells_digitness: whether it says of an image if it is a digit at all.
        exact: the form that is asked about what is not plain.
    """

    def __init__(self, quick: Engine, exact: Engine) -> None:
        """Put two forms of one network together.

        Args:
            quick: the quantised one.
            exact: the one in float32.
        """
        self._quick, self.exact = quick, exact
        self.reads_directions = exact.reads_directions
        self.tells_digitness = exact.tells_digitness

    def ask(
        self, model_inputs: ModelInput, directions: DirectionMaps | None = None
    ) -> tuple[Probabilities, Digitness | None]:
        """Ask the network all that it can say; see :meth:`Engine.ask`."""
        probabilities, digitness = self._quick.ask(model_inputs, directions)
        doubts = np.flatnonzero(_in_doubt(probabilities, digitness))
        if len(doubts):
            maps = None if directions is None else directions[doubts]
            exact, exact_digitness = self.exact.ask(model_inputs[doubts], maps)
            probabilities[doubts] = exact
            if digitness is not None and exact_digitness is not None:
                digitness[doubts] = exact_digitness
        return probabilities, digitness


def _in_doubt(probabilities: Probabilities, digitness: Digitness | None) -> NDArray[np.bool_]:
    """(n,) bool: what is neither plainly one digit nor plainly none."""
    torn: NDArray[np.bool_] = probabilities.max(axis=1) < PLAIN
    if digitness is None:
        return torn
    in_doubt: NDArray[np.bool_] = (digitness > 1 - PLAIN) & (torn | (digitness < PLAIN))
    return in_doubt
