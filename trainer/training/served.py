"""What becomes of a trained network: the files that are served, proven as they are written."""

from __future__ import annotations

from typing import Any, cast

import keras

from recognizer.runs.folder import MODEL_FILE
from recognizer.runs.loaded_run import DRAWING_FILE
from trainer.data.collection import Data
from trainer.data.model_inputs import real_inputs
from trainer.export.half import store_in_half
from trainer.export.keras_file import save_keras
from trainer.export.onnx import export_onnx
from trainer.export.original import ORIGINAL_DRAWING_FILE, ORIGINAL_FILE
from trainer.recipes import Recipe, StrokeRecipe
from trainer.runs.details import MAIN_NETWORK
from trainer.runs.writer import RunWriter
from trainer.training.fitting import Fitted


def write_networks(
    run: RunWriter, name: str, recipe: Recipe, settings: Any, fitted: Fitted, data: Data
) -> None:
    """Write what a training came to, and note it in run.json.

    The main training gives the main network and, from a recipe that reads directions, the one for
    strokes; a training without a site gives the one that reads strokes, ``without-<site>.onnx``.

    Args:
        run: to write to.
        name: of the training, :data:`MAIN_NETWORK` or ``without-<site>``.
        recipe: its recipe.
        settings: the recipe's.
        fitted: the network as it was trained.
        data: real samples to prove the exports on.

    Raises:
        TrainerError: an export does not answer as the network does.
    """
    parts = served_networks(recipe, settings, fitted.network)
    networks = dict(run.details["networks"])
    if name == MAIN_NETWORK:
        picture = parts[MODEL_FILE]
        save_keras(keras.Model(picture.inputs[0], picture.outputs[0]), run.folder / ORIGINAL_FILE)
        if DRAWING_FILE in parts:
            save_keras(parts[DRAWING_FILE], run.folder / ORIGINAL_DRAWING_FILE)
    else:
        parts = {f"{name}.onnx": parts.get(DRAWING_FILE, parts[MODEL_FILE])}
    for file, network in parts.items():
        samples = real_inputs(data, reads_directions=len(network.inputs) == 2)
        networks[file.removesuffix(".onnx")] = {
            "file": file,
            "epochs": fitted.epochs,
            "is_complete": fitted.is_complete,
            "parameters": network.count_params(),
            "largest_difference_to_keras": export_onnx(network, run.folder / file, samples),
        }
        if name != MAIN_NETWORK:  # kept to be measured again, never served: a run shall stay small
            store_in_half(run.folder / file)
    run.update(networks=networks)


def served_networks(recipe: Recipe, settings: Any, trained: keras.Model) -> dict[str, keras.Model]:
    """The networks that are served, by their files."""
    if not recipe.READS_DIRECTIONS:
        return {MODEL_FILE: trained}
    stroke_recipe = cast("StrokeRecipe", recipe)
    return {
        MODEL_FILE: stroke_recipe.picture_network(trained, settings),
        DRAWING_FILE: stroke_recipe.drawing_network(trained, settings),
    }
