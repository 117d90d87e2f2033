"""All the gates that a run must pass before it is served."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recognizer.errors import NoModelError, RunError
from recognizer.runs.folder import run_path
from recognizer.runs.loaded_run import LoadedRun, load_run
from recognizer.runs.pointer import read_current
from recognizer.runs.self_test import self_test
from trainer.data.collection import Data
from trainer.evaluation.answers import answer_samples
from trainer.evaluation.samples import held_out_writers, writer_id
from trainer.release.corrections import corrections_gate
from trainer.release.cost import cost_gates
from trainer.release.gate import Gate
from trainer.release.numbers import numbers_gate
from trainer.release.parity import parity_gate, quantized_gate
from trainer.release.quality import quality_gates

NO_DATA = "the data sets are not on this machine"


def run_gates(
    models: Path, run_name: str, data: Data | None, corrections: Path | None = None
) -> list[Gate]:
    """Ask a run everything it must answer before it is served.

    Needs Keras only for a run whose run.json does not tell how far Keras and ONNX Runtime differ.

    Args:
        models: the folder of the runs.
        run_name: the run that shall be served.
        data: the data sets; without them the gates that need them cannot be passed.
        corrections: a file of corrections that no run was trained on; without it their gate is
            not asked.

    Returns:
        Every gate, passed or not, in the order in which people care.

    Raises:
        RunError: the run cannot be served at all: unfinished, changed, of another geometry, or
            blind to known drawings.
        DataError: the corrections cannot be read.
    """
    run = load_run(models, run_name)
    self_test(run)
    current, why_alone = _current(models)
    folder = run_path(models, run_name)
    if data is None:
        quality = quality_gates(None, None, NO_DATA)
        numbers = numbers_gate(run, current, None, NO_DATA)
    else:
        writers = _unseen(run.details, data)
        if current is not None:
            writers &= _unseen(current.details, data)
        beside = None if current is None else (run_path(models, current.name), current.details)
        quality = _ask_both((folder, run.details), beside, data, writers, why_alone)
        drawings = held_out_writers(_held_out(run.details, writers), data.drawings)
        numbers = numbers_gate(run, current, drawings, why_alone)
    parity = [parity_gate(run, folder, data), quantized_gate(run)]
    corrected = corrections_gate(run, current, corrections, why_alone)
    asked = [*parity, *quality, numbers, corrected, *cost_gates(run, folder, current)]
    return [gate for gate in asked if gate is not None]


def _current(models: Path) -> tuple[LoadedRun | None, str]:
    """The served run; or why there is none, which is no reason against serving another."""
    try:
        return load_run(models, read_current(models)), ""
    except NoModelError:
        return None, "no run is served yet"
    except RunError as error:
        return None, f"the served run cannot be asked: {error}"


_Run = tuple[Path, Mapping[str, Any]]  # a folder and what its run.json holds


def _ask_both(
    run: _Run, current: _Run | None, data: Data, writers: set[str], why_alone: str
) -> list[Gate]:
    """Ask both runs the drawings of the writers that neither was trained on."""
    answers, *others = (
        answer_samples(folder, _held_out(details, writers), data)
        for folder, details in (run, *([] if current is None else [current]))
    )
    return quality_gates(answers, others[0] if others else None, why_alone)


def _unseen(details: Mapping[str, Any], data: Data) -> set[str]:
    """The writers that a run held out; all of them if it was made where there were no drawings."""
    writers = details.get("splits", {}).get("writers", {})
    if writers.get("train") or writers.get("validation"):
        return set(writers["validation"])
    return {writer_id(drawing) for drawing in data.drawings}


def _held_out(details: Mapping[str, Any], writers: set[str]) -> dict[str, Any]:
    held_out = {"validation": sorted(writers)}
    return {**details, "splits": {**details.get("splits", {}), "writers": held_out}}
