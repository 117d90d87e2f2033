"""Find samples of a run: by digit, answer and writer, or where another run answers otherwise.

A run's samples.json holds some samples of each set only: a choice by chance that is alike for all
runs of the same data, and what the run misread. Where the misread ones are all there, a sample that
is not among them was read right, so another run's answer to it is known though it is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainer.runs.samples_file import MOST_MISREAD
from webapp.admin.runs.samples import Sample, read_sample
from webapp.admin.runs.wording import is_figure

SURELY_WRONG, SUREST, LEAST_SURE = "mistakes", "surest", "least_sure"
RIGHT, WRONG = "right", "wrong"

Entry = Mapping[str, Any]  # a sample as samples.json has it
SampleSet = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """A sample that was looked for.

    Attributes:
        sample: as it is shown.
        confidence: 0-1, of the answer.
        other: what the other run answered; None where there is none or that is not known.
    """

    sample: Sample
    confidence: float
    other: int | None = None


ORDERS: Mapping[str, Callable[[Found], tuple[bool, float]]] = {
    SURELY_WRONG: lambda one: (one.sample.is_right, -one.confidence),
    SUREST: lambda one: (False, -one.confidence),
    LEAST_SURE: lambda one: (False, one.confidence),
}


@dataclass(frozen=True)
class Wanted:
    """Which samples are looked for; empty texts mean any.

    Attributes:
        label, answer: digits, as text.
        writer: as ``ibm/r01-12``.
        reading: RIGHT or WRONG.
    """

    label: str = ""
    answer: str = ""
    writer: str = ""
    reading: str = ""

    def fits(self, sample: Sample) -> bool:
        """Whether a sample is one of those that are looked for."""
        return (
            self.label in ("", str(sample.label))
            and self.answer in ("", str(sample.answer))
            and self.writer in ("", sample.writer)
            and self.reading in ("", RIGHT if sample.is_right else WRONG)
        )


def find_samples(one: SampleSet, wanted: Wanted, order: str = SURELY_WRONG) -> list[Found]:
    """Find the samples of a set that are looked for, sorted; equal ones in the order of the set.

    Args:
        one: a set of samples.json; entries of no use are left out.
        wanted: what the samples must have in common.
        order: one of ORDERS.
    """
    return _sorted([found for found in map(_found, one["samples"]) if found], wanted, order)


def find_differences(
    one: SampleSet, other: SampleSet, wanted: Wanted, order: str = SURELY_WRONG
) -> list[Found]:
    """Find the samples that another run answers otherwise, as far as the two files tell it.

    Args:
        one: the set of the run that is looked at.
        other: the same set of the other run.
        wanted: about the first run's answers; what only the second misread counts as read right by
            the first, with a confidence that is not known.
        order: a key of ORDERS.
    """
    ours, theirs = _by_row(one), _by_row(other)
    answers = _answers(other, theirs)
    mine = [
        Found(found.sample, found.confidence, answers(row, entry))
        for row, entry in ours.items()
        if (found := _found(entry))
    ]
    return _sorted(
        [found for found in [*mine, *_only_theirs(one, ours, theirs)] if _is_different(found)],
        wanted,
        order,
    )


def are_the_same_samples(one: SampleSet, other: SampleSet) -> bool:
    """Whether two runs were measured on the same set, as far as the two files tell it."""
    ours, theirs = _by_row(one), _by_row(other)
    both = ours.keys() & theirs.keys()
    return one.get("total") == other.get("total") and all(
        ours[row].get("label") == theirs[row].get("label") for row in both
    )


def writers_of(one: SampleSet) -> list[str]:
    """Whoever wrote a sample that is shown, by name."""
    return sorted({str(entry["writer"]) for entry in _by_row(one).values() if entry.get("writer")})


def _sorted(found: Sequence[Found], wanted: Wanted, order: str) -> list[Found]:
    fitting = [one for one in found if wanted.fits(one.sample)]
    return sorted(fitting, key=ORDERS.get(order, ORDERS[SURELY_WRONG]))


def _found(entry: Any) -> Found | None:
    sample = read_sample(entry)
    confidence = entry["confidence"] if sample else None
    return Found(sample, confidence if is_figure(confidence) else 0.0) if sample else None


def _by_row(one: SampleSet) -> dict[Any, Entry]:
    entries = (entry for entry in one["samples"] if isinstance(entry, dict))
    return {entry["row"]: entry for entry in entries if isinstance(entry.get("row"), int)}


def _answers(one: SampleSet, known: Mapping[Any, Entry]) -> Callable[[Any, Entry], int | None]:
    misread = one.get("misread")
    are_all_there = isinstance(misread, list) and len(misread) < MOST_MISREAD

    def answer(row: Any, entry: Entry) -> int | None:
        if row in known:
            return _digit(known[row].get("answer"))
        return _digit(entry.get("label")) if are_all_there else None

    return answer


def _only_theirs(
    one: SampleSet, ours: Mapping[Any, Entry], theirs: Mapping[Any, Entry]
) -> list[Found]:
    answers = _answers(one, ours)
    rest = {row: entry for row, entry in theirs.items() if row not in ours}
    found = []
    for row, entry in rest.items():
        answer = answers(row, entry)
        seen = read_sample({**entry, "answer": answer, "confidence": None})
        if seen and answer is not None:
            found.append(Found(seen, 0.0, _digit(entry.get("answer"))))
    return found


def _is_different(found: Found) -> bool:
    return found.other is not None and found.other != found.sample.answer


def _digit(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
