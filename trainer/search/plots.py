"""What a search found, as pictures: its history, each setting's effect, and their importance."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from optuna import Study
from optuna.distributions import FloatDistribution, IntDistribution
from optuna.trial import FrozenTrial, TrialState

from recognizer.atomic_file import write_atomically
from trainer.search.floor import floor_of
from trainer.search.importance import importances
from trainer.search.records import outcome_of

_ACCURACY = "accuracy on held-out data, %\n(far lower ones on the edge)"
# Told apart by shape too, not by colour alone.
_MARKS = {"complete": ("o", "#0072b2"), "pruned": ("v", "#999999")}


def draw_plots(folder: Path, study: Study) -> list[Path]:
    """Write history.png, settings.png and, of two complete trials or more, importance.png.

    Returns:
        The files; none where no trial has a result yet.
    """
    trials = [trial for trial in study.get_trials(deepcopy=False) if _has_value(trial)]
    if not trials:
        return []
    figures = {"history.png": _history(trials), "settings.png": _settings(trials)}
    importance = importances(study)
    if importance:
        figures["importance.png"] = _importance(importance)
    return [_save(figure, folder / name) for name, figure in figures.items()]


def _has_value(trial: FrozenTrial) -> bool:
    return trial.value is not None and trial.state in (TrialState.COMPLETE, TrialState.PRUNED)


def _history(trials: Sequence[FrozenTrial]) -> Figure:
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    _scatter(axes, trials, {trial.number: float(trial.number) for trial in trials})
    complete = [trial for trial in trials if trial.state is TrialState.COMPLETE]
    best = accumulate((100 * (trial.value or 0.0) for trial in complete), max)
    axes.step([trial.number for trial in complete], list(best), where="post", label="best so far")
    axes.set(xlabel="trial", ylabel=_ACCURACY)
    axes.legend()
    return figure


def _settings(trials: Sequence[FrozenTrial]) -> Figure:
    names = sorted({name for trial in trials for name in trial.params})
    columns = min(3, len(names))
    rows = -(-len(names) // columns)
    figure = Figure(figsize=(3.4 * columns, 2.8 * rows), layout="constrained")
    grid = figure.subplots(rows, columns, sharey=True, squeeze=False).ravel()
    for name, axes in zip(names, grid, strict=False):
        _slice(axes, name, [trial for trial in trials if name in trial.params])
    for axes in grid[len(names) :]:
        axes.set_visible(False)
    figure.supylabel(_ACCURACY)
    return figure


def _slice(axes: Axes, name: str, trials: Sequence[FrozenTrial]) -> None:
    distribution = trials[0].distributions[name]
    if isinstance(distribution, (IntDistribution, FloatDistribution)):
        places = {trial.number: float(trial.params[name]) for trial in trials}
        if distribution.log:
            _mark_logarithmic(axes, distribution.low, distribution.high)
        elif isinstance(distribution, IntDistribution):
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    else:
        choices = list(distribution.choices)  # type: ignore[attr-defined]
        places = {trial.number: float(choices.index(trial.params[name])) for trial in trials}
        axes.set_xticks(range(len(choices)), [str(choice) for choice in choices])
        axes.set_xlim(-0.5, len(choices) - 0.5)
    _scatter(axes, trials, places)
    axes.set_xlabel(name)


def _mark_logarithmic(axes: Axes, low: float, high: float) -> None:
    """Label the ends and the middle; Matplotlib's own labels run into each other here."""
    ticks = [low, math.sqrt(low * high), high]
    axes.set_xscale("log")
    axes.minorticks_off()
    axes.set_xticks(ticks, [f"{tick:.2g}" for tick in ticks])
    axes.set_xlim(low / 1.1, high * 1.1)


def _scatter(axes: Axes, trials: Sequence[FrozenTrial], places: Mapping[int, float]) -> None:
    floor = 100 * floor_of([trial.value or 0.0 for trial in trials])
    for outcome, (marker, colour) in _MARKS.items():
        shown = [trial for trial in trials if outcome_of(trial) == outcome]
        if shown:
            axes.scatter(
                [places[trial.number] for trial in shown],
                [max(floor, 100 * (trial.value or 0.0)) for trial in shown],
                marker=marker, color=colour, s=22, label=outcome,
            )  # fmt: skip


def _importance(shares: Mapping[str, float]) -> Figure:
    figure = Figure(figsize=(7, 0.5 * len(shares) + 1), layout="constrained")
    axes = figure.subplots()
    bars = axes.barh(list(shares)[::-1], [100 * share for share in shares.values()][::-1])
    axes.bar_label(bars, fmt="%.0f %%", padding=3)
    axes.margins(x=0.12)
    axes.set(xlabel="importance, % of what sets the better trials apart")
    return figure


def _save(figure: Figure, path: Path) -> Path:
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=120)
    write_atomically(path, picture.getvalue())
    return path
