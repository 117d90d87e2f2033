"""A run's tables as rows of plain figures, under the names that run.json and the log have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, fields
from typing import Any

from trainer.runs.details import (
    ClassFigures,
    RobustnessFigures,
    SetFigures,
    WriterFigures,
)  # fmt: skip
from trainer.runs.training_log import EpochResult
from webapp.admin.run_names import description_of
from webapp.admin.runs.corrected import HELD_OUT, held_out_figures
from webapp.admin.runs.curves import log_of
from webapp.admin.runs.seen_run import SeenRun

Rows = list[list[Any]]  # the headings first


def epoch_rows(run: SeenRun) -> Rows:
    """The training log, an epoch a row."""
    return [_names(EpochResult), *(list(astuple(epoch)) for epoch in log_of(run))]


def figure_rows(runs: Sequence[SeenRun]) -> Rows:
    """What was measured, a row for each run and set; shares are 0-1."""
    rows = [
        [run.name, description_of(run.name).display_name, key, *_figures(measured).values()]
        for run in runs
        for key, measured in [*run.details.metrics.items(), (HELD_OUT, held_out_figures(run))]
        if measured
    ]
    return [["run", "name", "set", *_figures(SetFigures())], *rows]


def _figures(one: SetFigures) -> dict[str, Any]:
    low, high = one.interval or (None, None)
    return {
        "accuracy": one.accuracy,
        "interval_low": low,
        "interval_high": high,
        "right": one.right,
        "total": one.total,
        "loss": one.loss,
        "top_2_accuracy": one.top_2_accuracy,
        "expected_calibration_error": one.expected_calibration_error,
    }


def _classes(measured: SetFigures) -> Rows:
    rows = [[digit, *astuple(one)] for digit, one in measured.per_class.items()]
    return [["digit", *_names(ClassFigures)], *rows]


def _confusion(measured: SetFigures) -> Rows:
    matrix = measured.confusion_matrix or ()
    rows = [[label, *counts] for label, counts in enumerate(matrix)]
    return [["label", *map(str, range(len(matrix)))], *rows]


def _robustness(measured: SetFigures) -> Rows:
    return [_names(RobustnessFigures), *(list(astuple(one)) for one in measured.robustness)]


def _writers(measured: SetFigures) -> Rows:
    return [_names(WriterFigures), *(list(astuple(one)) for one in measured.writers.worst)]


TABLES_OF_A_SET: Mapping[str, Callable[[SetFigures], Rows]] = {
    "confusion": _confusion,
    "classes": _classes,
    "robustness": _robustness,
    "writers": _writers,
}


def _names(record: Any) -> list[Any]:
    return [field.name for field in fields(record)]
