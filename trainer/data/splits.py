"""Splits of drawings by person: whoever drew, or a whole site, stands on one side only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from trainer.data.people import people
from trainer.data.stroke_files import LabelledDrawing


@dataclass(frozen=True)
class Split:
    """Drawings to train on, and drawings by people who are not among them."""

    train: list[LabelledDrawing]
    validation: list[LabelledDrawing]

    def as_json(self) -> dict[str, list[str]]:
        """The writers of each side as ``source/writer``, sorted."""
        return {"train": _writers(self.train), "validation": _writers(self.validation)}


_HELD_OUT_SHARE = 0.12  # of each site's people
_SEED = 1  # of their choice: the same for all runs, so that they can be compared


def main_split(drawings: Sequence[LabelledDrawing]) -> Split:
    """Drawings by the people that no run's main network is trained on, and the others.

    Sites are split one by one, so the files of a data folder may be given together or apart.
    """
    return split_by_person(drawings, _HELD_OUT_SHARE, _SEED)


def split_by_person(drawings: Sequence[LabelledDrawing], share: float, seed: int) -> Split:
    """Hold out a share of each site's people, at least one of every site with three or more.

    Writers of a site who share a drawing are one person and stay together.  UNIPEN's sites gave
    some people several names: ``ibm/r02-04`` and ``ibm/r03-04`` are sessions of one person and have
    drawings in common, and ``gmd/alek`` is contained in ``gmd/kast``.  Of the 1,929 drawings that a
    split by names holds out with a share of 0.12, 145 stand among those trained on, point for
    point.

    Args:
        drawings: of any sites.
        share: of the people to hold out, 0-1.
        seed: chooses the people; the same seed chooses the same ones whatever the rows' order.
    """
    person_of = people(drawings)
    by_source: dict[str, set[str]] = defaultdict(set)
    for (source, _), person in person_of.items():
        by_source[source].add(person)
    held_out = {
        person
        for source, names in by_source.items()
        for person in _choose(sorted(names), share, np.random.default_rng([seed, *source.encode()]))
    }
    return _split(drawings, lambda drawing: person_of[drawing.source, drawing.writer] in held_out)


def split_by_site(drawings: Sequence[LabelledDrawing], site: str) -> Split:
    """Hold out every drawing of one site."""
    return _split(drawings, lambda drawing: drawing.source == site)


def sites(drawings: Sequence[LabelledDrawing]) -> list[str]:
    """The names of the sites, sorted."""
    return sorted({drawing.source for drawing in drawings})


def _choose(names: list[str], share: float, random: np.random.Generator) -> list[str]:
    number = 0 if len(names) < 3 else max(1, round(share * len(names)))
    return [names[index] for index in random.permutation(len(names))[:number]]


def _split(
    drawings: Sequence[LabelledDrawing], is_held_out: Callable[[LabelledDrawing], bool]
) -> Split:
    return Split(
        [drawing for drawing in drawings if not is_held_out(drawing)],
        [drawing for drawing in drawings if is_held_out(drawing)],
    )


def _writers(drawings: Sequence[LabelledDrawing]) -> list[str]:
    return sorted({f"{drawing.source}/{drawing.writer}" for drawing in drawings})
