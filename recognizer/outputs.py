"""What a network thinks of some candidates: which digit each is, and whether it is one at all.

Verdicts on these outputs are for :mod:`recognizer.verdicts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LOWEST = 1e-6  # probability whose logarithm is taken: networks are surer than they should be


@dataclass(frozen=True, eq=False)
class NetworkOutputs:
    """What a network says of n drawings or pictures of ink.

    Attributes:
        probabilities: (n, 10) float64 in [0, 1], each row of sum 1, calibrated: which digit it
            is, if it is one.
        digitness: (n,) float64 in [0, 1]: the network's score for being one whole digit, rather
            than a letter, a scribble, half a digit or two; the likeliest digit's probability
            from a network that never refuses.
        can_refuse: whether the network is one that says so.
    """

    probabilities: NDArray[np.float64]
    digitness: NDArray[np.float64]
    can_refuse: bool = True

    def __len__(self) -> int:
        return len(self.digitness)

    @property
    def digits(self) -> NDArray[np.int64]:
        """(n,) int64 in 0-9: the likeliest digits."""
        digits: NDArray[np.int64] = self.probabilities.argmax(axis=1)
        return digits

    @property
    def confidences(self) -> NDArray[np.float64]:
        """(n,) float64 in [0, 1]: the probability of the likeliest digit."""
        confidences: NDArray[np.float64] = np.maximum.reduce(self.probabilities, axis=1)
        return confidences

    @property
    def log_confidences(self) -> NDArray[np.float64]:
        """(n,) float64: the logarithms of the confidences, bounded."""
        return np.log(np.maximum(self.confidences, _LOWEST))

    @property
    def log_digitness(self) -> NDArray[np.float64]:
        """(n,) float64: the logarithms of the digitness, bounded."""
        return np.log(np.maximum(self.digitness, _LOWEST))

    def take(self, places: Sequence[int] | NDArray[np.int64]) -> NetworkOutputs:
        """The outputs for some of them, (m,) places from 0, in that order."""
        if isinstance(places, range) and places.step == 1:
            rows: slice | NDArray[np.int64] = slice(places.start, places.stop)
        else:
            rows = np.asarray(places, np.int64)
        return NetworkOutputs(self.probabilities[rows], self.digitness[rows], self.can_refuse)
