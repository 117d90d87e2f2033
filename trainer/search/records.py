"""Every trial's result, as files that a person can open: trials.csv, epochs.csv, best.json."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from optuna.trial import FrozenTrial, TrialState

from recognizer.atomic_file import write_atomically
from recognizer.csv_cells import no_formula
from trainer.runs.plain_json import json_text
from trainer.search.claims import AGAIN, EPOCHS, ERROR, INTERRUPTED, SECONDS, STARTED, WORKER

BEST_FILE = "best.json"
_EPOCH_FIGURES = (
    "epoch", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate", "seconds",
)  # fmt: skip


def write_records(folder: Path, plan: Mapping[str, Any], trials: Sequence[FrozenTrial]) -> None:
    """Write the files, each in one step.

    Args:
        folder: of the study; made if it does not exist.
        plan: as the study stores it.
        trials: all of the study's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = list(plan["search"])
    _write_table(folder / "trials.csv", (_trial_row(trial, names) for trial in trials))
    _write_table(folder / "epochs.csv", (row for trial in trials for row in _epoch_rows(trial)))
    best = best_trial(trials)
    if best is not None:
        text = json_text({"recipe": plan["recipe"], "settings": settings_of(plan, best)}, indent=1)
        write_atomically(folder / BEST_FILE, (text + "\n").encode())


def best_trial(trials: Iterable[FrozenTrial]) -> FrozenTrial | None:
    """The complete one with the highest accuracy on held-out data; the first of equals."""
    complete = [trial for trial in trials if trial.state is TrialState.COMPLETE]
    return max(complete, key=lambda trial: trial.value or 0.0, default=None)


def settings_of(plan: Mapping[str, Any], trial: FrozenTrial) -> dict[str, Any]:
    """All settings that a trial was trained with."""
    return {**plan["settings"], **trial.params}


def outcome_of(trial: FrozenTrial) -> str:
    """What became of it: waiting, running, complete, pruned, failed, interrupted or lost.

    A lost one is a trial whose worker died; these and the interrupted ones are run again.
    """
    if trial.state is not TrialState.FAIL:
        return trial.state.name.lower()
    if ERROR in trial.user_attrs:
        return "failed"
    return "interrupted" if INTERRUPTED in trial.user_attrs else "lost"


def _trial_row(trial: FrozenTrial, names: Sequence[str]) -> dict[str, Any]:
    facts = trial.user_attrs
    epochs = facts.get(EPOCHS, [])
    return {
        "trial": trial.number,
        "outcome": outcome_of(trial),
        "val_accuracy": "" if trial.value is None else f"{trial.value:.6g}",
        "val_loss": _text(epochs[-1]["val_loss"]) if epochs else "",
        "epochs": len(epochs),
        **{name: _text(trial.params.get(name)) for name in names},
        "started": facts.get(STARTED, ""),
        "seconds": facts.get(SECONDS, ""),
        "worker": no_formula(facts.get(WORKER, "")),
        "again": facts.get(AGAIN, ""),
        "error": no_formula(facts.get(ERROR, "")),
    }


def _epoch_rows(trial: FrozenTrial) -> Iterable[dict[str, Any]]:
    for epoch in trial.user_attrs.get(EPOCHS, []):
        yield {"trial": trial.number, **{name: _text(epoch.get(name)) for name in _EPOCH_FIGURES}}


def _text(value: object) -> object:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else value


def _write_table(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    table = list(rows)
    text = io.StringIO()
    if table:
        writer = csv.DictWriter(text, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    write_atomically(path, text.getvalue().encode())
