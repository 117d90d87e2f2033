"""What was measured of a run, as tables and charts; whatever a run lacks is left out.

All figures are the trainer's own, out of run.json; nothing is computed anew here.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from trainer.runs.details import RobustnessFigures, SetFigures, WriterFigures
from webapp.admin.runs.seen_run import SeenRun
from webapp.admin.runs.wording import number, percent, set_name

DETAILED = ("mnist_test", "held_out_writers", "own_images", "own_drawings")


@dataclass(frozen=True)
class SetRow:
    """A set of samples and how they were answered.

    Attributes:
        key: as ``held_out_writers/ibm``.
        name: in words.
        accuracy, interval, wrong, loss, top_2, error: written for people.
        is_part: whether it is one site of a set that stands before it.
    """

    key: str
    name: str
    accuracy: str
    interval: str
    wrong: str
    loss: str
    top_2: str
    error: str
    is_part: bool


def set_figures(run: SeenRun) -> list[SetRow]:
    """Every set that was measured, in the order of run.json."""
    return [_figures_of(key, one) for key, one in run.details.metrics.items()]


def _figures_of(key: str, one: SetFigures) -> SetRow:
    return SetRow(
        key=key,
        name=set_name(key),
        accuracy=percent(one.accuracy),
        interval=interval_in_words(one.interval),
        wrong=_wrong(one),
        loss=number(one.loss),
        top_2=percent(one.top_2_accuracy),
        error=percent(one.expected_calibration_error),
        is_part="/" in key,
    )


def _wrong(one: SetFigures | WriterFigures) -> str:
    if one.right is None or one.total is None:
        return number(None)
    wrong, total = number(one.total - one.right), number(one.total)
    return str(_("%(wrong)s of %(total)s", wrong=wrong, total=total))


def interval_in_words(interval: tuple[float, float] | None) -> str:
    """Two bounds, 0-1, as "99.41 – 99.67 %"; a dash where there are none."""
    if interval is None:
        return percent(None)
    low, high = map(percent, interval)
    return f"{low.removesuffix(' %')} – {high}"


def detailed_sets(run: SeenRun) -> dict[str, SetFigures]:
    """The sets that were measured in detail, which older runs have none of."""
    found = {key: run.details.figures(key) for key in DETAILED}
    return {key: one for key, one in found.items() if one.confusion_matrix}


@dataclass(frozen=True)
class ClassRow:
    """A digit: how often an answer was right, and how often it was found."""

    name: str
    precision: str
    recall: str
    f1: str
    support: str


def class_rows(measured: SetFigures) -> list[ClassRow]:
    """Precision, recall, F1 and count of each digit, and their mean at the end."""
    return [
        ClassRow(
            name=_("mean") if name == "macro" else name,
            precision=percent(one.precision),
            recall=percent(one.recall),
            f1=percent(one.f1),
            support=number(one.support),
        )
        for name, one in measured.per_class.items()
    ]


@dataclass(frozen=True)
class RobustnessRow:
    """The samples changed in one way.

    Attributes:
        change, strength: what was done to them, in the trainer's English.
        accuracy: of the changed samples.
        difference: to the unchanged ones, in points of a hundred; "" for those themselves.
        lost, won, same: samples.
        level: how much is lost: 0 (nearly nothing) to 3.
    """

    change: str
    strength: str
    accuracy: str
    difference: str
    lost: str
    won: str
    same: str
    level: int


def robustness_rows(measured: SetFigures) -> list[RobustnessRow]:
    """What place, size, pen and noise do to the answers."""
    rows = measured.robustness
    unchanged = [row.accuracy for row in rows if not row.change]
    return [_robustness_row(row, unchanged[0] if unchanged else None) for row in rows]


def _robustness_row(row: RobustnessFigures, unchanged: float | None) -> RobustnessRow:
    known = row.accuracy is not None and unchanged is not None
    lost = unchanged - row.accuracy if known else 0.0  # type: ignore[operator]
    return RobustnessRow(
        change=row.change,
        strength=row.strength,
        accuracy=percent(row.accuracy),
        difference=number(round(-100 * lost, 2), 2) if row.change else "",
        lost=number(row.lost),
        won=number(row.won),
        same=number(row.same),
        level=sum(lost > limit for limit in (0.005, 0.02, 0.1)),
    )


@dataclass(frozen=True)
class WriterRow:
    """A writer that the run never saw."""

    name: str
    wrong: str
    accuracy: str


def writer_rows(measured: SetFigures) -> list[WriterRow]:
    """The writers whose digits are read worst."""
    return [
        WriterRow(row.writer, _wrong(row), percent(row.accuracy, 1))
        for row in measured.writers.worst
    ]
