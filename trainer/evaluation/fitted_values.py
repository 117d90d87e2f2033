"""How a run's answers are to be taken, fitted on what it was not trained on.

The temperatures that make its networks as sure as they are right, and the thresholds below which
they refuse, for drawings and for pictures apart; and the weights that decide which strokes make a
digit, which alone are fitted to what was trained on.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.geometry import draw
from recognizer.outputs import NetworkOutputs
from recognizer.runs.loaded_run import LoadedRun, open_run
from trainer.data.collection import Data
from trainer.data.mnist import Images
from trainer.evaluation.calibration import fit_temperature
from trainer.evaluation.explanations import explain_networks
from trainer.evaluation.grouping import fit_grouping
from trainer.evaluation.not_digits import not_digits
from trainer.evaluation.quantization import compare_quantized, quantize_for_strokes
from trainer.evaluation.refusal import thresholds_of
from trainer.evaluation.samples import held_out_writers


def fit_values(folder: Path, details: Mapping[str, Any], data: Data) -> dict[str, Any]:
    """Write the quick network and what explains answers, and fit what run.json says of them.

    Args:
        folder: of a run whose networks are trained.
        details: what its run.json holds; ``splits`` say what was held out.
        data: the data sets it was made from.

    Returns:
        ``calibration``, ``refusal`` and ``grouping``, which are fitted; ``quantized``, how the
        quick network answers, and ``explained``, how far explanations are Keras's own;
        ``refusal`` is None where no drawing was held out, ``grouping`` where there are no drawings.

    Raises:
        RunError: a network cannot be loaded.
        TrainerError: an explanation is not what Keras computes.
    """
    quantize_for_strokes(folder, details, data)
    explained = explain_networks(folder, data)
    calibration = _calibrate(_open_unfitted(folder, details, {"temperature": 1}), details, data)
    run = _open_unfitted(folder, details, calibration)
    fitted = {
        "calibration": calibration,
        "refusal": _refuse(run, details, data),
        "grouping": fit_grouping(run, data),
        "explained": explained,
    }
    return {**fitted, "quantized": compare_quantized(folder, {**details, **fitted}, data)}


def _open_unfitted(
    folder: Path, details: Mapping[str, Any], calibration: Mapping[str, float]
) -> LoadedRun:
    unfitted = {"calibration": calibration, "refusal": None, "grouping": None}
    return open_run(folder, {**details, **unfitted})


def _calibrate(run: LoadedRun, details: Mapping[str, Any], data: Data) -> dict[str, float]:
    images, drawings = _images(details, data), held_out_writers(details, data.drawings)
    pictures = run.ask_pictures(list(images.ink))
    labels = images.labels
    if not drawings:
        return {"temperature": _temperature(pictures, labels)}
    drawn = run.ask_drawings([drawing.strokes for drawing in drawings])[1]
    drawn_labels = np.array([drawing.label for drawing in drawings], np.int64)
    return {
        "temperature": _temperature(pictures, labels),
        "drawing_temperature": _temperature(drawn, drawn_labels),
    }


def _temperature(outputs: NetworkOutputs, labels: Any) -> float:
    return round(fit_temperature(outputs.probabilities, labels), 4)


def _refuse(run: LoadedRun, details: Mapping[str, Any], data: Data) -> dict[str, Any] | None:
    drawings = held_out_writers(details, data.drawings)
    if not drawings:
        return None
    others = not_digits(details, data.drawings, data.outliers)
    digits = run.ask_drawings([drawing.strokes for drawing in drawings])[1]
    refused = {kind: run.ask_drawings(strokes)[1] for kind, strokes in others.items()}
    inks = [draw(drawing.strokes) for drawing in drawings]
    pictures = run.ask_pictures([*inks, *_images(details, data).ink])
    as_pictures = {
        kind: run.ask_pictures([draw(drawing) for drawing in strokes])
        for kind, strokes in others.items()
    }
    return {
        **thresholds_of(digits, refused),
        "pictures": thresholds_of(pictures, as_pictures),
    }


def _images(details: Mapping[str, Any], data: Data) -> Images:
    """The training images that were held out."""
    return data.mnist.train[-details["splits"]["mnist"]["validation"] :]
