"""Write the network that is served, and see that ONNX Runtime answers as Keras does."""

from __future__ import annotations

from pathlib import Path

import keras

from trainer.data.model_inputs import NetworkInputs
from trainer.export.formats import FORMATS
from trainer.export.proof import export_network


def export_onnx(network: keras.Model, path: Path, inputs: NetworkInputs) -> float:
    """Export, load again and compare.

    Args:
        network: float32, in one of the forms that :class:`recognizer.engine.Engine` reads.
        path: of the ONNX file to write; replaced, once the new one is proven.
        inputs: real ones: pictures, (n, 28, 28, 1) float32 in [0, 1], or with direction maps,
            ``{"picture": …, "directions": (n, 14, 14, 8)}``.

    Returns:
        The largest difference of any number of any answer.

    Raises:
        TrainerError: it is above :data:`trainer.export.proof.TOLERANCE`.
    """
    return export_network(network, FORMATS["onnx"], path, inputs).largest_difference
