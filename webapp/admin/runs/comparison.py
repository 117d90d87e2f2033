"""Several runs side by side, and what the trainer's test says about the difference.

Everything stored is shown at once; whether one run is really better takes both networks and the
data, so ``python -m trainer compare`` finds it out as a job.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from trainer.runs.details import SetFigures, differing
from trainer.runs.wording import ABSENT, written
from webapp.admin.job_news import last_job
from webapp.admin.run_names import description_of, named_text
from webapp.admin.runs.corrected import held_out_figures
from webapp.admin.runs.curves import log_of
from webapp.admin.runs.figures import interval_in_words
from webapp.admin.runs.measured_charts import Chart
from webapp.admin.runs.seen_run import SeenRun
from webapp.admin.runs.wording import (
    duration,
    is_figure,
    moment,
    number,
    percent,
    set_name,
    status_name,
)  # fmt: skip
from webapp.jobs.tables import Job

MOST = 8  # runs, as many as there are colours
_SMALL_P = 0.001  # below it, how small a probability is tells a person nothing more


@dataclass(frozen=True)
class Row:
    """A line of a table: a name and a value for each run.

    Attributes:
        name: of the line.
        values: written for people.
        notes: what stands below each value, as its interval; none or one for each.
        best: places of the highest values; empty where none is.
    """

    name: str
    values: Sequence[str]
    notes: Sequence[str] = ()
    best: frozenset[int] = frozenset()


def differing_settings(runs: Sequence[SeenRun]) -> list[Row]:
    """Recipe, settings and data that are not the same in all runs."""
    return [
        Row(_("Recipe") if name == "recipe" else name, [_written(value) for value in values])
        for name, values in differing([run.details for run in runs]).items()
    ]


def _written(value: object) -> str:
    return ABSENT if value is None else written(value)


def fact_rows(runs: Sequence[SeenRun]) -> list[Row]:
    """What people noted, state, size and duration."""
    model = [run.details.main_network for run in runs]
    times = [run.details.times for run in runs]
    notes = [description_of(run.name).note or ABSENT for run in runs]
    return [
        *([Row(_("Note"), notes)] if set(notes) != {ABSENT} else []),
        Row(_("State"), [status_name(run.status) for run in runs]),
        Row(_("Parameters"), [number(one.parameters) for one in model]),
        Row(_("Epochs"), [number(one.epochs) for one in model]),
        Row(_("Duration"), [duration(one.seconds or None) for one in times]),
        Row(_("Started"), [moment(one.started) for one in times]),
    ]


def metric_rows(runs: Sequence[SeenRun]) -> list[Row]:
    """Accuracy with its interval, loss and calibration of every set that a run was measured on."""
    keys = dict.fromkeys(key for run in runs for key in run.details.metrics)
    return [*(row for key in keys for row in _metrics(key, runs)), *_corrected(runs)]


def _corrected(runs: Sequence[SeenRun]) -> list[Row]:
    """The accuracy on the corrections that are held out of every training."""
    measured = [held_out_figures(run) or SetFigures() for run in runs]
    if not any(one.total for one in measured):
        return []
    return [
        Row(
            _("Corrections, held out"),
            [percent(one.accuracy) for one in measured],
            [interval_in_words(one.interval) for one in measured],
        )
    ]


def _metrics(key: str, runs: Sequence[SeenRun]) -> Iterator[Row]:
    measured = [run.details.figures(key) for run in runs]
    accuracies = [one.accuracy for one in measured]
    known = [value for value in accuracies if value is not None]
    if not known:
        return
    best = frozenset(at for at, value in enumerate(accuracies) if value == max(known))
    yield Row(
        _("%(set)s: accuracy", set=set_name(key)),
        [percent(value) for value in accuracies],
        [interval_in_words(one.interval) for one in measured],
        best if len(known) > 1 and "/" not in key else frozenset(),
    )
    if "/" in key:
        return
    yield Row(_("%(set)s: loss", set=set_name(key)), [number(one.loss) for one in measured])
    yield Row(
        _("%(set)s: calibration error", set=set_name(key)),
        [percent(one.expected_calibration_error) for one in measured],
    )


def curve_chart(runs: Sequence[SeenRun], figure: str, title: str, is_share: bool) -> Chart:
    """The curves of all runs over one another.

    Args:
        runs: at most MOST.
        figure: a heading of the log, as ``val_accuracy``.
        title: of the upright axis.
        is_share: whether it is a share, 0-1.
    """
    logs = [(place, run, log_of(run)) for place, run in enumerate(runs)]
    series = [
        {
            "name": named_text(run.name),
            "x": [epoch.epoch for epoch in log],
            "y": [getattr(epoch, figure) for epoch in log],
            "colour": place,
        }
        for place, run, log in logs
        if log
    ]
    return {"kind": "lines", "percent": is_share, "x_title": _("Epoch"), "y_title": title,
            "series": series}  # fmt: skip


def last_comparison(names: Sequence[str]) -> Job | None:
    """The newest job that compares exactly these runs with the first of them."""
    return last_job("compare", lambda job: job.arguments.get("runs") == list(names))


@dataclass(frozen=True)
class SignificanceRow:
    """McNemar's exact test of a run against the first one, on one set.

    Attributes:
        set: its name.
        run: that is tested.
        samples, only_first, only_second: counts, written for people.
        p: after Holm's correction.
        verdict: what it means.
        tone: ``better``, ``worse`` or ``same``.
    """

    set: str
    run: str
    samples: str
    only_first: str
    only_second: str
    p: str
    verdict: str
    tone: str


def significance_rows(result: Any) -> list[SignificanceRow]:
    """What ``compare --json`` says of the tests; none where it said nothing."""
    tests = result.get("tests") if isinstance(result, Mapping) else None
    found = tests if isinstance(tests, list) else []
    return [_significance_row(test) for test in found if isinstance(test, Mapping)]


def _significance_row(test: Mapping[str, Any]) -> SignificanceRow:
    p = test.get("p_adjusted")
    tone, first = _tone(test), named_text(str(test.get("first")))
    verdicts = {
        "better": _("better than %(run)s", run=first),
        "worse": _("worse than %(run)s", run=first),
        "same": _("no difference can be shown"),
    }
    return SignificanceRow(
        set=set_name(str(test.get("key"))),
        run=named_text(str(test.get("second"))),
        samples=number(test.get("samples")),
        only_first=number(test.get("only_first")),
        only_second=number(test.get("only_second")),
        p=f"< {number(_SMALL_P, 3)}" if is_figure(p) and p < _SMALL_P else number(p, 3),
        verdict=verdicts[tone],
        tone=tone,
    )


def _tone(test: Mapping[str, Any]) -> str:
    if not test.get("is_shown"):
        return "same"
    is_better = test.get("only_second", 0) > test.get("only_first", 0)
    return "better" if is_better else "worse"
