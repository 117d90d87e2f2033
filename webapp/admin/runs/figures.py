"""What was measured of a run, as tables and charts; whatever a run lacks is left out.

All figures are the trainer's own, out of run.json; nothing is computed anew here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from webapp.admin.runs.seen_run import SeenRun
from webapp.admin.runs.wording import is_figure, number, percent, set_name

DETAILED = ("mnist_test", "held_out_writers", "own_images", "own_drawings")

Section = Mapping[str, Any]


@dataclass(frozen=True)
class SetFigures:
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


def set_figures(run: SeenRun) -> list[SetFigures]:
    """Every set that was measured, in the order of run.json."""
    metrics = run.section("metrics")
    return [_figures_of(key, one) for key, one in metrics.items() if isinstance(one, Mapping)]


def _figures_of(key: str, one: Section) -> SetFigures:
    return SetFigures(
        key=key,
        name=set_name(key),
        accuracy=percent(one.get("accuracy")),
        interval=interval_in_words(one.get("interval")),
        wrong=_wrong(one),
        loss=number(one.get("loss")),
        top_2=percent(one.get("top_2_accuracy")),
        error=percent(one.get("expected_calibration_error")),
        is_part="/" in key,
    )


def _wrong(one: Section) -> str:
    right, total = one.get("right"), one.get("total")
    if not is_figure(right) or not is_figure(total):
        return number(None)
    return str(_("%(wrong)s of %(total)s", wrong=number(total - right), total=number(total)))


def interval_in_words(interval: object) -> str:
    """Two bounds, 0-1, as "99.41 – 99.67 %"; a dash where there are none."""
    if not isinstance(interval, Sequence) or len(interval) != 2:
        return percent(None)
    if not all(map(is_figure, interval)):
        return percent(None)
    low, high = map(percent, interval)
    return f"{low.removesuffix(' %')} – {high}"


def detailed_sets(run: SeenRun) -> dict[str, Section]:
    """The sets that were measured in detail, which older runs have none of."""
    found = {key: run.section("metrics", key) for key in DETAILED}
    return {key: one for key, one in found.items() if "confusion_matrix" in one}


@dataclass(frozen=True)
class ClassRow:
    """A digit: how often an answer was right, and how often it was found."""

    name: str
    precision: str
    recall: str
    f1: str
    support: str


def class_rows(measured: Section) -> list[ClassRow]:
    """Precision, recall, F1 and count of each digit, and their mean at the end."""
    classes = measured.get("per_class")
    if not isinstance(classes, Mapping):
        return []
    return [
        ClassRow(
            name=_("mean") if name == "macro" else str(name),
            precision=percent(one.get("precision")),
            recall=percent(one.get("recall")),
            f1=percent(one.get("f1")),
            support=number(one.get("support")),
        )
        for name, one in classes.items()
        if isinstance(one, Mapping)
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


def robustness_rows(measured: Section) -> list[RobustnessRow]:
    """What place, size, pen and noise do to the answers."""
    rows = entries(measured.get("robustness"))
    unchanged = [row.get("accuracy") for row in rows if not row.get("change")]
    return [_robustness_row(row, unchanged[0] if unchanged else None) for row in rows]


def _robustness_row(row: Section, unchanged: object) -> RobustnessRow:
    accuracy = row.get("accuracy")
    lost = unchanged - accuracy if is_figure(accuracy) and is_figure(unchanged) else 0.0
    is_changed = bool(row.get("change"))
    return RobustnessRow(
        change=str(row.get("change", "")),
        strength=str(row.get("strength", "")),
        accuracy=percent(accuracy),
        difference=f"{number(round(-100 * lost, 2), 2)}" if is_changed else "",
        lost=number(row.get("lost")),
        won=number(row.get("won")),
        same=number(row.get("same")),
        level=sum(lost > limit for limit in (0.005, 0.02, 0.1)),
    )


@dataclass(frozen=True)
class WriterRow:
    """A writer that the run never saw."""

    name: str
    wrong: str
    accuracy: str


def writer_rows(measured: Section) -> list[WriterRow]:
    """The writers whose digits are read worst."""
    writers = measured.get("writers")
    worst = writers.get("worst") if isinstance(writers, Mapping) else None
    return [
        WriterRow(
            str(row.get("writer", "")),
            _wrong(row),
            percent(row.get("accuracy"), 1),
        )
        for row in entries(worst)
    ]


def is_matrix(value: object) -> bool:
    """Whether it is ten rows of ten counts, or any other square of numbers."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(row, list) and len(row) == len(value) and all(map(is_figure, row))
            for row in value
        )
    )


def entries(value: object) -> Iterator[Section]:
    """The objects of a list out of a run.json; none where it is no list."""
    if isinstance(value, list):
        yield from (row for row in value if isinstance(row, Mapping))
