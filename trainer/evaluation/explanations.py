"""What explains a run's answers, written beside its networks and held to Keras's own numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import onnx

from recognizer.runs.folder import MODEL_FILE
from recognizer.runs.loaded_run import DRAWING_FILE, explanation_file
from trainer.data.collection import Data
from trainer.data.model_inputs import (
    NetworkInputs,
    drawings_as_direction_maps,
    drawings_as_inputs,
    images_as_inputs,
)
from trainer.export.explanation import explanation_outputs, prove_explanation

_PROOFS = 200  # samples on which each explanation is compared with Keras


def explain_networks(folder: Path, data: Data) -> dict[str, float] | None:
    """Write the outputs that explain the networks of a run.

    Args:
        folder: of a run whose networks are trained; its ``.keras`` files are loaded, so they
            must be the project's own.
        data: the data sets it was made from.

    Returns:
        what run.json holds as ``explained``: of each network by its name how far its explanations
        and Keras differ. None where one of them cannot be explained; then nothing is written.

    Raises:
        TrainerError: a network tells something else than Keras computes.
    """
    inputs: dict[str, Callable[[Data], NetworkInputs]] = {MODEL_FILE: _pictures}
    if (folder / DRAWING_FILE).exists():
        inputs[DRAWING_FILE] = _drawings
    outputs = {file: explanation_outputs(onnx.load(folder / file)) for file in inputs}
    written = {file: part for file, part in outputs.items() if part is not None}
    if len(written) < len(inputs):
        return None
    differences: dict[str, float] = {}
    for file, part in written.items():
        name = file.removesuffix(".onnx")
        original = _load(folder / f"{name}.keras")
        difference = prove_explanation(folder / file, part, original, inputs[file](data))
        if difference is None:
            return None
        differences[name] = difference
    for file, part in written.items():
        (folder / explanation_file(file)).write_bytes(part)
    return differences


def _load(path: Path) -> object:
    import trainer.quiet_start  # noqa: F401  # isort: skip  # before Keras is imported

    import keras

    return keras.models.load_model(path, compile=False)


def _pictures(data: Data) -> NetworkInputs:
    return images_as_inputs(data.mnist.test[:_PROOFS])[0]


def _drawings(data: Data) -> NetworkInputs:
    drawings = data.drawings[:: max(1, len(data.drawings) // _PROOFS)][:_PROOFS]
    pictures, _ = drawings_as_inputs(drawings)
    return {"picture": pictures, "directions": drawings_as_direction_maps(drawings)}
