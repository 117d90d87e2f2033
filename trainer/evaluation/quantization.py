"""The quick form of a run's network for strokes, and how far it answers as the exact one does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.geometry import Points
from recognizer.numbers.reading import read_all_strokes
from recognizer.reading import Reading
from recognizer.runs.loaded_run import DRAWING_FILE, QUANTIZED_FILE, Files, LoadedRun, open_run
from recognizer.verdicts import judge
from trainer.data.collection import Data
from trainer.data.model_inputs import drawings_as_direction_maps, drawings_as_inputs
from trainer.evaluation.samples import held_out_writers, writer_id
from trainer.export.quantized import quantize

_SHOWN = 300  # training drawings that the ranges of the activations are taken from


def quantize_for_strokes(folder: Path, details: Mapping[str, Any], data: Data) -> None:
    """Write the quick form of a run's network for strokes; a run without one stays as it is.

    Args:
        folder: of a run whose networks are trained.
        details: what its run.json holds.
        data: the data sets it was made from.
    """
    exact = folder / DRAWING_FILE
    trained = set(details["splits"]["writers"]["train"])
    drawings = [drawing for drawing in data.drawings if writer_id(drawing) in trained]
    if not exact.exists() or not drawings:
        return
    shown = drawings[:: max(1, len(drawings) // _SHOWN)][:_SHOWN]
    pictures, _ = drawings_as_inputs(shown)
    inputs = {"picture": pictures, "directions": drawings_as_direction_maps(shown)}
    quantize(exact, folder / QUANTIZED_FILE, inputs)


def compare_quantized(
    folder: Path, details: Mapping[str, Any], data: Data
) -> dict[str, Any] | None:
    """How the network for strokes answers as it is served, beside its exact form alone.

    Args:
        folder: of a run.
        details: what its run.json will hold, calibration and refusal too.
        data: the data sets it was made from.

    Returns:
        what run.json holds as ``quantized``: how many held-out drawings were compared, on which
        share of them digit and verdict are the same, and the largest difference of digitness. None
        for a run without a quick form.

    Raises:
        RunError: a network cannot be loaded.
    """
    held_out = [drawing.strokes for drawing in held_out_writers(details, data.drawings)]
    if not held_out or not (folder / QUANTIZED_FILE).exists():
        return None
    served, exact = open_run(folder, details), open_run(folder, details, Files(quantized=None))
    said, meant = _read(served, held_out), _read(exact, held_out)
    same = [
        _answer(served, one) == _answer(exact, other)
        for one, other in zip(said, meant, strict=True)
    ]
    differences = [
        abs(one.digits[0].digitness - other.digits[0].digitness)
        for one, other in zip(said, meant, strict=True)
    ]
    return {
        "drawings": len(held_out),
        "same_answers": float(np.mean(same)),
        "largest_digitness_difference": float(np.max(differences)),  # NaN where any is
    }


def _read(run: LoadedRun, drawings: Sequence[Sequence[Points]]) -> list[Reading]:
    """Of each drawing all strokes as one digit."""
    return read_all_strokes([(strokes, "digit") for strokes in drawings], run.ask_drawings, None)


def _answer(run: LoadedRun, reading: Reading) -> tuple[str, str]:
    return reading.text, judge(reading, run.thresholds, "auto").verdict
