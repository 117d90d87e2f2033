"""A study's pictures, as static/js/admin/chart.js takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from webapp.admin.studies.study import Study, Trial
from webapp.admin.studies.wording import outcome_name

Chart = dict[str, Any]
_SYMBOLS = {"complete": "circle", "pruned": "triangle-down-open"}  # of outcomes with an accuracy
_WIDE = 10  # times the smallest of some numbers: from there on they are shown by their logarithm


def study_charts(study: Study) -> dict[str, Chart]:
    """Make each chart by the id of its figure.

    Those of a study without a result have nothing in them, which they say themselves.
    """
    trials = [trial for trial in study.trials if trial.outcome in _SYMBOLS and trial.accuracy]
    slices = {
        f"slice-{number}": _slice(study, name, trials)
        for number, name in enumerate(study.search, 1)
    }
    return {
        "history": _history(study, trials),
        "importance": _importance(study.importance or {}),
        "parallel": _parallel(study, trials),
        **slices,
    }


def hidden_below(study: Study) -> int:
    """Count the trials that read so little that no chart shows them to scale."""
    floor = study.floor or 0.0
    return sum(
        trial.outcome in _SYMBOLS and trial.accuracy is not None and trial.accuracy < floor
        for trial in study.trials
    )


def _history(study: Study, trials: Sequence[Trial]) -> Chart:
    complete = [trial for trial in trials if trial.outcome == "complete"]
    best = {
        "name": _("best so far"),
        "x": [trial.number for trial in complete],
        "y": [trial.best_so_far for trial in complete],
    }
    return {
        "kind": "lines",
        "x_title": _("trial"),
        **_accuracy_axis(study, trials),
        "series": [*_by_outcome(trials, lambda trial: trial.number), best],
    }


def _importance(shares: Mapping[str, float]) -> Chart:
    return {
        "kind": "bars",
        "across": True,
        "percent": True,
        "x_title": _("setting"),
        "y_title": _("importance"),
        "series": [{"name": _("importance"), "x": list(shares), "y": list(shares.values())}],
    }


def _parallel(study: Study, trials: Sequence[Trial]) -> Chart:
    shown = [trial for trial in trials if (trial.accuracy or 0.0) >= (study.floor or 0.0)]
    settings = [
        {"name": name, "values": [trial.params.get(name) for trial in shown]}
        for name in study.search
    ]
    accuracy = {"name": _("accuracy"), "values": [trial.accuracy for trial in shown]}
    return {"kind": "parallel", "percent": True, "dimensions": [*settings, accuracy]}


def _slice(study: Study, name: str, trials: Sequence[Trial]) -> Chart:
    limits, tried = study.search[name], [trial for trial in trials if name in trial.params]
    choices: Sequence[Any] = limits.get("choices", ())
    return {
        "kind": "points",
        "x_title": name,
        "x_log": bool(limits.get("logarithmic")) or (bool(choices) and _are_wide(choices)),
        **_accuracy_axis(study, trials),
        "y_title": "",  # the same for all of them; the page says it once
        "series": _by_outcome(tried, lambda trial: trial.params[name]),
    }


def _accuracy_axis(study: Study, trials: Sequence[Trial]) -> Chart:
    axis: Chart = {"y_title": _("validation accuracy"), "percent": True}
    accuracies = [trial.accuracy or 0.0 for trial in trials]
    if study.floor is None or not accuracies:
        return axis
    low = max(study.floor, min(accuracies))
    margin = max(max(accuracies) - low, 0.001) / 12
    return {**axis, "y_range": [low - margin, max(accuracies) + margin]}


def _by_outcome(trials: Sequence[Trial], place: Any) -> list[dict[str, Any]]:
    """Make a series of points of each outcome, told apart by shape too, not by colour alone."""
    return [
        {
            "name": outcome_name(outcome),
            "x": [place(trial) for trial in trials if trial.outcome == outcome],
            "y": [trial.accuracy for trial in trials if trial.outcome == outcome],
            "points": True,
            "symbol": symbol,
        }
        for outcome, symbol in _SYMBOLS.items()
    ]


def _are_wide(choices: Sequence[Any]) -> bool:
    numbers = [choice for choice in choices if isinstance(choice, (int, float))]
    return bool(numbers) and len(numbers) == len(choices) and _spread(numbers) >= _WIDE


def _spread(numbers: Sequence[float]) -> float:
    return max(numbers) / min(numbers) if min(numbers) > 0 else 0.0
