"""Write the network that is served, and see that ONNX Runtime answers as Keras does."""

from __future__ import annotations

from pathlib import Path

import keras

from recognizer.geometry import ModelInput
from trainer.export.formats import FORMATS
from trainer.export.proof import export_network


def export_onnx(network: keras.Model, path: Path, images: ModelInput) -> float:
    """Export, load again and compare.

    Args:
        network: float32, pictures in and probabilities out.
        path: of the ONNX file to write; replaced, once the new one is proven.
        images: (n, 28, 28, 1) float32 in [0, 1], real ones.

    Returns:
        The largest difference of any probability.

    Raises:
        TrainerError: it is above :data:`trainer.export.proof.TOLERANCE`.
    """
    return export_network(network, FORMATS["onnx"], path, images).largest_difference
