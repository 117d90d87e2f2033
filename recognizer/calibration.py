"""Temperature scaling of a network's probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recognizer.engine import Probabilities

_SMALLEST = np.finfo(np.float32).tiny  # the network's zeros are numbers that float32 has not


def calibrate(probabilities: Probabilities, temperature: float) -> NDArray[np.float64]:
    """Make the network as sure as it is right (temperature scaling, Guo et al. 2017).

    Args:
        probabilities: (n, 10) float32 in [0, 1], a softmax's.
        temperature: above 0; more than 1 makes the answers less sure.

    Returns:
        (n, 10) float64 in [0, 1], of sum 1 in each row: the softmax of the logits divided by
        the temperature.
    """
    # A softmax's powers are the softmax of its multiplied logits, once their sum is 1 again.
    powers: NDArray[np.float64] = np.maximum(probabilities, _SMALLEST, dtype=np.float64) ** (
        1 / temperature
    )
    powers /= np.add.reduce(powers, axis=1, keepdims=True)
    return powers
