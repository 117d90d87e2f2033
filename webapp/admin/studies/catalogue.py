"""All studies of all places, a line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.admin.studies.places import StudyPlace, is_study_name

_YOUNG = 4.0  # seconds for which a listing is new enough


@dataclass(frozen=True)
class StudyLine:
    """One study in the list.

    Attributes:
        name, place: of the study.
        recipe: that it searches; empty where the study cannot be read.
        counts: trials by outcome.
        best: accuracy of the best complete trial, a share; None where there is none.
        best_trial: its number.
        problem: why it cannot be read.
        has_page: whether its name can stand in an address.
    """

    name: str
    place: StudyPlace
    recipe: str
    counts: Mapping[str, int]
    best: float | None
    best_trial: int | None
    problem: str | None
    has_page: bool

    @property
    def trials(self) -> int:
        """How many trials the study has, whatever has become of them."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Catalogue:
    """What is known of the studies.

    Attributes:
        lines: of every study.
        problems: by place, why it cannot be asked.
        is_complete: whether every place has been asked at all.
        version: changes whenever the page would.
    """

    lines: Sequence[StudyLine]
    problems: Mapping[str, str]
    is_complete: bool
    version: str


def list_studies(places: Sequence[StudyPlace]) -> Catalogue:
    """Read what is kept about all studies, and have it asked anew where they changed."""
    lines: list[StudyLine] = []
    problems: dict[str, str] = {}
    versions: list[str] = []
    for place in places:
        kept, question = place.listing()
        answer = kept.refresh(question, after_seconds=_YOUNG).answer
        if answer is None:
            continue
        versions.append(answer.version)
        if answer.facts is None:
            problems[place.key] = answer.problem or ""
        lines += [_line(place, facts) for facts in answer.facts or ()]
    return Catalogue(lines, problems, len(versions) == len(places), "-".join(versions))


def _line(place: StudyPlace, facts: Mapping[str, Any]) -> StudyLine:
    best = facts["best"] or {}
    return StudyLine(
        name=facts["study"],
        place=place,
        recipe=facts["recipe"] or "",
        counts=facts["trials"],
        best=best.get("val_accuracy"),
        best_trial=best.get("trial"),
        problem=facts.get("error"),
        has_page=is_study_name(facts["study"]),
    )
