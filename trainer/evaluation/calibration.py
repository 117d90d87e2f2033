"""Make confidence mean what it says, by one temperature fitted on writers held out.

Guo, Pleiss, Sun, Weinberger: On calibration of modern neural networks, 2017.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from recognizer.calibration import calibrate


def fit_temperature(probabilities: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """The temperature under which the labels are the least surprising.

    Args:
        probabilities: (n, 10) of drawings that the network was not trained on.
        labels: (n,) in 0-9.

    Returns:
        Between 0.2 and 5; above 1 the network was too sure of itself.
    """

    def surprise(logarithm: float) -> float:
        calibrated = calibrate(probabilities, float(np.exp(logarithm)))
        return -float(np.log(calibrated[np.arange(len(labels)), labels] + 1e-12).mean())

    bounds = (np.log(0.2), np.log(5.0))
    return float(np.exp(minimize_scalar(surprise, bounds=bounds, method="bounded").x))
