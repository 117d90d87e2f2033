"""Write a trained network in the forms that others load, and see that they agree."""

from __future__ import annotations

import warnings
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from recognizer.engine import Engine
from trainer.errors import TrainerError

TOLERANCE = 1e-4  # largest difference of a probability between Keras and ONNX Runtime


def export_onnx(network: keras.Model, path: Path, images: NDArray[np.float32]) -> float:
    """Export, load again and compare.

    Args:
        network: float32, pictures in and probabilities out.
        path: of the ONNX file to write.
        images: (n, 28, 28, 1) float32 in [0, 1], real ones.

    Returns:
        The largest difference of any probability.

    Raises:
        TrainerError: it is above :data:`TOLERANCE`.
    """
    expected = network.predict(images, batch_size=256, verbose=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Keras's exporter asks for np.object
        network.export(str(path), format="onnx", verbose=False)
    difference = float(np.abs(Engine(path).probabilities(images) - expected).max())
    if difference > TOLERANCE:
        raise TrainerError(
            f"{path.name} differs from Keras by {difference:.2e}, over {TOLERANCE:g}"
        )
    return difference
