"""The tables that ``compare`` prints for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from trainer.commands.printing.console import titled
from trainer.evaluation import measures
from trainer.evaluation.comparison import ComparedRun, PairedTest
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.samples import HELD_OUT_SITES
from trainer.evaluation.wording import percent, percent_interval
from trainer.runs.details import RunDetails
from trainer.runs.wording import ABSENT, duration, set_name

_Cell = Callable[[Measurement], str]
_FIGURES: dict[str, _Cell] = {
    "accuracy": lambda one: percent(one.accuracy),
    "95 % interval": lambda one: percent_interval(one.interval),
    "wrong": lambda one: f"{one.total - one.right:,} of {one.total:,}",
    "loss": lambda one: f"{measures.cross_entropy(one.answers):.4f}",
    "top-2 accuracy": lambda one: percent(measures.top_2_accuracy(one.answers)),
    "calibration error": lambda one: percent(measures.expected_calibration_error(one.answers)),
}


def tables(
    runs: Sequence[ComparedRun],
    differences: Mapping[str, Sequence[Any]],
    tests: Sequence[PairedTest],
) -> Iterator[RenderableType]:
    """Settings that differ, figures side by side, and what the tests say."""
    names = [run.name for run in runs]
    if differences:
        yield _rows("settings that differ", names, differences.items())
    else:
        yield "the runs have the same recipe, settings and data"
    yield _rows("figures", names, _figures(runs))
    yield _tests(tests, len(runs))


def _figures(runs: Sequence[ComparedRun]) -> Iterator[tuple[str | Text, list[str]]]:
    for key in dict.fromkeys(key for run in runs for key in run.measurements):
        yield Text(set_name(key), "bold"), [""] * len(runs)
        measured = [run.measurements.get(key) for run in runs]
        for name, cell in _FIGURES.items():
            yield f"  {name}", [cell(one) if one else ABSENT for one in measured]
    yield Text("the run", "bold"), [""] * len(runs)
    for name, describe in _FACTS.items():
        yield f"  {name}", [describe(run.facts) for run in runs]


def _sites(run: RunDetails) -> str:
    accuracy = run.figures(HELD_OUT_SITES).accuracy
    return ABSENT if accuracy is None else percent(accuracy)


def _parameters(run: RunDetails) -> str:
    parameters = run.main_network.parameters
    return ABSENT if parameters is None else f"{parameters:,}"


def _epochs(run: RunDetails) -> str:
    epochs = run.main_network.epochs
    return ABSENT if epochs is None else str(epochs)


def _duration(run: RunDetails) -> str:
    seconds = run.times.seconds
    return ABSENT if seconds is None else duration(seconds)


_FACTS: dict[str, Callable[[RunDetails], str]] = {
    "accuracy on held-out sites, as stored": _sites,
    "parameters": _parameters,
    "epochs": _epochs,
    "duration": _duration,
}


def _rows(title: str, names: Sequence[str], rows: Any) -> RenderableType:
    table = Table()
    table.add_column()
    for name in names:
        table.add_column(name, justify="right", overflow="fold")
    for name, values in rows:
        cells = (ABSENT if value is None else str(value) for value in values)
        table.add_row(name, *cells)
    return titled(title, table)


def _tests(tests: Sequence[PairedTest], runs: int) -> RenderableType:
    correction = ", Holm's correction" if runs > 2 else ""
    table = Table()
    table.add_column("run", overflow="fold")
    table.add_column("on")
    for heading in ("samples", "right only here", "right only in the first"):
        table.add_column(heading, justify="right")
    table.add_column("verdict")
    for test in tests:
        colour = ("green" if test.only_second > test.only_first else "red") if test.is_shown else ""
        table.add_row(
            test.second,
            set_name(test.key),
            f"{test.samples:,}",
            f"{test.only_second:,}",
            f"{test.only_first:,}",
            Text(test.verdict, colour),
        )
    return titled(f"is it better? McNemar's exact test on the same samples{correction}", table)
