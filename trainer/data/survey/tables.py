"""Show a survey on a terminal, or as JSON for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from trainer.data.survey.duplicates import Duplicate
from trainer.data.survey.finding import Survey
from trainer.data.survey.samples import SampleSet

_BAR = 24  # characters of the longest bar
_WORDS = 3  # of a group of duplicates
_NAMED = 10  # duplicates and problems named on a terminal; JSON names all


def as_json(
    found: Survey,
    duplicates: Sequence[Duplicate],
    pictures: Sequence[Path],
    files: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Everything that the tables show, every name that they leave out, and the files' checksums."""
    return {
        "files": list(files),
        "sets": {data_set.name: _set_as_json(data_set) for data_set in found.sets},
        "duplicates": [
            {
                "places": list(duplicate.places),
                "labels": list(duplicate.labels),
                "crosses": duplicate.crosses,
            }
            for duplicate in duplicates
        ],
        "unreadable": found.problems,
        "left_out": found.left_out,
        "pictures": [str(path) for path in pictures],
    }


def as_tables(found: Survey) -> RenderableType:
    """A table of the classes of each set, and one of the writers of each site."""
    parts: list[RenderableType] = []
    for data_set in found.sets:
        parts += [_classes(data_set), *_writers(data_set), ""]
    return Group(*parts)


def as_sentences(found: Survey, duplicates: Sequence[Duplicate]) -> Iterator[str]:
    """What is there twice, and what cannot be read; a line each."""
    crossing = sum(duplicate.crosses for duplicate in duplicates)
    differing = sum(len(duplicate.labels) > 1 for duplicate in duplicates)
    yield (
        f"duplicates: {len(duplicates):,} groups of equal samples; {crossing:,} of them across "
        f"splits, sites, writers or sets, {differing:,} with different labels"
    )
    for duplicate in duplicates[:_NAMED]:
        yield f"  {_some(duplicate.places, ' = ')}, labelled {_some(duplicate.labels, ' or ')}"
    yield from _more(len(duplicates))
    if found.left_out:
        yield f"left out, no pictures by their names: {_some(found.left_out, ', ')}"
    yield f"cannot be read: {len(found.problems):,}"
    yield from (f"  {problem}" for problem in found.problems[:_NAMED])
    yield from _more(len(found.problems))


def _set_as_json(data_set: SampleSet) -> dict[str, Any]:
    writers, held_out = data_set.writers(), data_set.held_out_counts()
    return {
        "total": len(data_set.samples),
        "parts": {
            part: {
                "total": counts.total(),
                "classes": dict(sorted(counts.items())),
                **({"writers": dict(sorted(writers[part].items()))} if part in writers else {}),
                **({"held_out": dict(sorted(held_out[part].items()))} if data_set.held_out else {}),
            }
            for part, counts in data_set.counts().items()
        },
        "held_out_writers": sorted("/".join(writer) for writer in data_set.held_out),
    }


def _classes(data_set: SampleSet) -> Table:
    counts = data_set.counts()
    total = sum(counts.values(), Counter[str]())
    largest = max(total.values())
    table = Table(title=f"{data_set.name}: {total.total():,}", title_justify="left")
    table.add_column("class", justify="right")
    for part in counts:
        table.add_column(part, justify="right")
    if len(counts) > 1:
        table.add_column("all", justify="right")
    held_out = sum(data_set.held_out_counts().values(), Counter[str]())
    if data_set.held_out:
        table.add_column("held out", justify="right")
    table.add_column("")
    for label in data_set.labels():
        numbers = [counted[label] for counted in counts.values()]
        together = [total[label]] if len(counts) > 1 else []
        together += [held_out[label]] if data_set.held_out else []
        bar = "█" * max(1, round(_BAR * total[label] / largest))
        table.add_row(label, *(f"{n:,}" for n in [*numbers, *together]), bar)
    return table


def _writers(data_set: SampleSet) -> Iterator[Table]:
    writers = data_set.writers()
    if not writers:
        return
    table = Table(title_justify="left")
    table.add_column("site")
    for heading in ("writers", "drawings", "of a writer", "held-out writers", "their drawings"):
        table.add_column(heading, justify="right")
    held_out = data_set.held_out_counts()
    for site, counts in writers.items():
        each = f"{min(counts.values()):,}-{max(counts.values()):,}"
        number = sum(source == site for source, _ in data_set.held_out)
        theirs = (str(number), f"{held_out[site].total():,}") if data_set.held_out else ("–", "–")
        table.add_row(site, str(len(counts)), f"{counts.total():,}", each, *theirs)
    yield table


def _some(words: Sequence[str], between: str) -> str:
    more = f" and {len(words) - _WORDS:,} more" if len(words) > _WORDS else ""
    return between.join(words[:_WORDS]) + more


def _more(number: int) -> Iterator[str]:
    if number > _NAMED:
        yield f"  … and {number - _NAMED:,} more; --json names all"
