"""A survey as the page shows it: data sets in a table, classes in charts, trouble in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from webapp.admin.data.survey import Survey

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A split of pictures, or a site that collected drawings.

    Attributes:
        name: for people.
        samples: how many it has.
        writers: how many people wrote them; None where nobody knows.
        fewest, most: samples of one writer.
        held_out: samples by writers that no run is trained on; None in sets that are not split so.
    """

    name: str
    samples: int
    writers: int | None
    fewest: int
    most: int
    held_out: int | None


@dataclass(frozen=True)
class DataSet:
    """One data set.

    Attributes:
        name: as reports call it.
        anchor: its place on the page.
        samples: how many it has.
        classes: how many different labels.
        parts: of it.
        held_out_writers: whom no run is trained on, as ``site/writer``.
        files: where it lies, with checksums and sources.
        chart: samples of each class, for chart.js.
        has_sheet: whether its samples were drawn.
    """

    name: str
    anchor: str
    samples: int
    classes: int
    parts: Sequence[Part]
    held_out_writers: Sequence[str]
    files: Sequence[Facts]
    chart: Mapping[str, Any]
    has_sheet: bool

    @property
    def writers(self) -> int | None:
        """How many people wrote the set, sites added up; None where nobody knows."""
        known = [part.writers for part in self.parts if part.writers is not None]
        return sum(known) if known else None

    @property
    def credits(self) -> list[str]:
        """Who made the data set, and its licence."""
        return sorted({file["source"]["credit"] for file in self.files if file["source"]})

    @property
    def held_out(self) -> int | None:
        """Samples that no run is trained on; None where the set is not split by writers."""
        known = [part.held_out for part in self.parts if part.held_out is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class Duplicate:
    """Equal samples: where they stand, their labels, and whether they cross a border."""

    places: Sequence[str]
    labels: Sequence[str]
    crosses: bool

    @property
    def is_contradiction(self) -> bool:
        """Whether somebody labelled the same thing differently."""
        return len(self.labels) > 1


def data_sets(survey: Survey) -> list[DataSet]:
    """Every data set of a survey that has facts."""
    facts = survey.facts or {}
    drawn = {Path(path).name for path in facts.get("pictures", ())}
    return [
        _data_set(number, name, one, _files_of(name, survey), f"{name}-samples.png" in drawn)
        for number, (name, one) in enumerate(facts.get("sets", {}).items(), 1)
    ]


def duplicates(survey: Survey) -> list[Duplicate]:
    """Every group of equal samples, those that cross a border first."""
    return [
        Duplicate([_below(survey, place) for place in one["places"]], one["labels"], one["crosses"])
        for one in (survey.facts or {}).get("duplicates", ())
    ]


def unreadable(survey: Survey) -> list[str]:
    """A sentence on everything that cannot be read, as the trainer says it."""
    return [_below(survey, problem) for problem in (survey.facts or {}).get("unreadable", ())]


def _data_set(
    number: int, name: str, facts: Facts, files: Sequence[Facts], has_sheet: bool
) -> DataSet:
    parts = [_part(part, counted) for part, counted in facts["parts"].items()]
    labels = {label for counted in facts["parts"].values() for label in counted["classes"]}
    return DataSet(
        name, f"set-{number}", facts["total"], len(labels), parts, facts["held_out_writers"],
        files, _chart(facts, sorted(labels)), has_sheet,
    )  # fmt: skip


def _part(name: str, counted: Facts) -> Part:
    writers: Mapping[str, int] = counted.get("writers", {})
    held_out = counted.get("held_out")
    return Part(
        name=_words_for(name),
        samples=counted["total"],
        writers=len(writers) if writers else None,
        fewest=min(writers.values(), default=0),
        most=max(writers.values(), default=0),
        held_out=None if held_out is None else sum(held_out.values()),
    )


def _words_for(part: str) -> str:
    """The splits of pictures in words; a site is called what it is called."""
    splits: dict[str, str] = {
        "train": _("training"),
        "validation": _("validation"),
        "test": _("test"),
    }
    return splits.get(part, part)


def _chart(facts: Facts, labels: Sequence[str]) -> dict[str, Any]:
    return {
        "kind": "bars",
        "x_title": _("class"),
        "y_title": _("samples"),
        "stacked": True,
        "series": [
            {"name": name, "x": labels, "y": [counts.get(label, 0) for label in labels]}
            for name, counts in _shares(facts)
        ],
    }


def _shares(facts: Facts) -> Iterable[tuple[str, Mapping[str, int]]]:
    """Count samples by class: trained and held out in a set split by writers, else by part."""
    if not facts["held_out_writers"]:
        parts = facts["parts"].items()
        return [(_words_for(name), counted["classes"]) for name, counted in parts]
    every, held_out = Counter[str](), Counter[str]()
    for counted in facts["parts"].values():
        every.update(counted["classes"])
        held_out.update(counted["held_out"])
    trained = {label: every[label] - held_out[label] for label in every}
    return [(_("for training"), trained), (_("held out"), held_out)]


def _files_of(name: str, survey: Survey) -> list[Facts]:
    files = (survey.facts or {}).get("files", ())
    return [{**one, "file": _below(survey, one["file"])} for one in files if one["set"] == name]


def _below(survey: Survey, text: str) -> str:
    """Take the data folder, which the page names once, out of a text's paths."""
    return text.replace(f"{survey.folder}/", "")
