"""Write ``samples.json``: digits with their answers, for a page that shows and filters them.

Its form stands in docs/run-folder.md.  It is bounded: however bad a network is, the
file stays under 2 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.picture import to_data_uri
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.hard_samples import confidently_wrong, hardest
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.measures import confusion_matrix
from trainer.evaluation.samples import HELD_OUT_WRITERS, writer_id
from trainer.report.shown import cell_samples, fair_choice
from trainer.runs.samples_file import GRID, MOST_MISREAD

FORMAT = 1

_OTHERS = 150  # samples behind "other samples": ten more grids
_HARDEST = GRID
_A_CELL = 4  # samples of each pair of label and answer


def samples_as_json(run_name: str, measurements: Sequence[Measurement]) -> dict[str, Any]:
    """The content of the file.

    Args:
        run_name: of the run that answered.
        measurements: of it; those measured in detail are told.
    """
    sets = {one.key: _set(one) for one in measurements if one.robustness}
    return {"format": FORMAT, "run": run_name, "sets": sets}


def _set(measurement: Measurement) -> dict[str, Any]:
    answers = measurement.answers
    fair = fair_choice(answers, GRID + _OTHERS)
    lists = {
        "grid": fair[:GRID],
        "others": fair[GRID:],
        "misread": confidently_wrong(answers, MOST_MISREAD),
        "hardest": hardest(answers, _HARDEST),
    }
    cells = cell_samples(answers, _A_CELL)
    places = sorted({place for chosen in (*lists.values(), *cells.values()) for place in chosen})
    index = {place: at for at, place in enumerate(places)}
    return {
        "right": measurement.right,
        "total": measurement.total,
        "confusion_matrix": confusion_matrix(answers),
        "samples": [_sample(measurement, place) for place in places],
        **{name: _indices(chosen, index) for name, chosen in lists.items()},
        "cells": {f"{label}/{answer}": _indices(chosen, index)
                  for (label, answer), chosen in cells.items()},
    }  # fmt: skip


def _indices(places: Iterable[int], index: dict[int, int]) -> list[int]:
    return [index[place] for place in places]


def _sample(measurement: Measurement, place: int) -> dict[str, Any]:
    samples, answers = measurement.samples, measurement.answers
    ink = np.rint(samples.inputs[place, ..., 0] * 255).astype(np.uint8)
    sample = {
        "row": int(samples.rows[place]),
        "label": int(answers.labels[place]),
        "answer": int(answers.digits[place]),
        "confidence": round(float(answers.confidences[place]), 4),
        "probabilities": [round(float(share), 4) for share in answers.probabilities[place]],
        "image": to_data_uri(ink),
    }
    if not samples.drawings:
        return sample
    drawing = samples.drawings[place]
    return {**sample, "writer": writer_id(drawing), "strokes": _strokes(drawing)}


def add_strokes(content: Mapping[str, Any], drawings: Sequence[LabelledDrawing]) -> None:
    """Give the drawings of an older file their strokes, which the page "Look inside" needs.

    Args:
        content: of the file; its drawings by held-out writers are changed in place.
        drawings: all that the run was made from.
    """
    one = content.get("sets", {}).get(HELD_OUT_WRITERS, {})
    for sample in one.get("samples", ()):
        row = sample["row"]
        if row < len(drawings) and writer_id(drawings[row]) == sample["writer"]:
            sample["strokes"] = _strokes(drawings[row])


def _strokes(drawing: LabelledDrawing) -> list[dict[str, list[float]]]:
    return [_stroke(points) for points in drawing.strokes if len(points)]


def _stroke(points: NDArray[np.float64]) -> dict[str, list[float]]:
    """Six digits of each number, which is finer than any tablet; whole ones without a point."""
    x, y = ([_short(value) for value in column] for column in points.T.tolist())
    return {"x": x, "y": y}


def _short(value: float) -> float:
    short = float(f"{value:.6g}")
    return int(short) if short.is_integer() else short
