"""Samples that are in the data twice: exactly the same ink, or exactly the same strokes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.data.survey.samples import Sample, SampleSet


@dataclass(frozen=True)
class Duplicate:
    """Samples that are equal.

    Attributes:
        places: where they stand.
        labels: the different labels they have; more than one is a mistake of somebody's.
        crosses: whether they stand in several splits, sites or sets, or under several writers:
            what is trained on may be what is tested with.
    """

    places: tuple[str, ...]
    labels: tuple[str, ...]
    crosses: bool


def find_duplicates(sets: Sequence[SampleSet]) -> list[Duplicate]:
    """Every group of equal samples: those that cross first, then in the order of the data."""
    groups: dict[bytes, list[tuple[str, Sample]]] = defaultdict(list)
    for data_set in sets:
        for sample in data_set.samples:
            groups[sample.digest].append((data_set.name, sample))
    found = [_duplicate(group) for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda duplicate: not duplicate.crosses)


def _duplicate(group: list[tuple[str, Sample]]) -> Duplicate:
    return Duplicate(
        tuple(sample.place for _, sample in group),
        tuple(sorted({sample.label for _, sample in group})),
        len({(name, sample.part, sample.writer) for name, sample in group}) > 1,
    )
