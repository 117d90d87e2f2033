"""All that a study knows, for a program that draws it: ``tune --show STUDY --json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from optuna import Study
from optuna.trial import FrozenTrial

from trainer.search.claims import AGAIN, EPOCHS, ERROR, SECONDS, STARTED, WORKER
from trainer.search.floor import floor_of
from trainer.search.records import outcome_of
from trainer.search.report import as_json
from trainer.search.studies import grace_of, plan_of


def study_facts(study: Study, address: str) -> dict[str, Any]:
    """What the listing tells of a study, its plan, and every trial.

    Args:
        study: begun by this project.
        address: of its storage, without a password.

    Returns:
        what :func:`trainer.search.report.as_json` gives, and ``storage``, ``grace`` (seconds),
        ``fixed`` (settings that are the same in all trials), ``search`` (what is drawn, with its
        limits), ``data`` (checksums), ``floor`` (an accuracy, for pictures; null without trials)
        and ``history`` (the trials in their order).

    Raises:
        SettingsError: the study is none of ours.
    """
    plan, trials = plan_of(study), study.get_trials(deepcopy=False)
    accuracies = [trial.value for trial in trials if trial.value is not None]
    return {
        **as_json(study.study_name, plan, trials),
        "storage": address,
        "grace": grace_of(study),
        "fixed": plan["settings"],
        "search": {name: _limits(drawn) for name, drawn in plan["search"].items()},
        "data": plan["data"],
        "floor": floor_of(accuracies) if accuracies else None,
        "history": list(_history(trials)),
    }


def _limits(distribution: Mapping[str, Any]) -> dict[str, Any]:
    """Either ``choices``, or ``low``, ``high``, ``step`` (null: none) and ``logarithmic``."""
    stored = distribution["attributes"]
    if "choices" in stored:
        return {"choices": stored["choices"]}
    limits = {name: stored[name] for name in ("low", "high", "step")}
    return {**limits, "logarithmic": stored["log"]}


def _history(trials: Sequence[FrozenTrial]) -> Iterator[dict[str, Any]]:
    best: float | None = None
    for trial in trials:
        if outcome_of(trial) == "complete" and trial.value is not None:
            best = trial.value if best is None else max(best, trial.value)
        yield {**_trial(trial), "best_so_far": best}


def _trial(trial: FrozenTrial) -> dict[str, Any]:
    stored = trial.user_attrs
    epochs = stored.get(EPOCHS, [])
    return {
        "trial": trial.number,
        "outcome": outcome_of(trial),
        "val_accuracy": _accuracy(trial),
        "val_loss": epochs[-1]["val_loss"] if epochs else None,
        "epochs": len(epochs),
        "drawn": trial.params,
        "started": stored.get(STARTED),
        "seconds": stored.get(SECONDS),
        "worker": stored.get(WORKER),
        "again": stored.get(AGAIN),
        "error": stored.get(ERROR),
    }


def _accuracy(trial: FrozenTrial) -> float | None:
    """Of the whole trial, else of its last epoch so far."""
    epochs = trial.user_attrs.get(EPOCHS, [])
    if trial.value is not None or not epochs:
        return trial.value
    accuracy: float | None = epochs[-1]["val_accuracy"]
    return accuracy
