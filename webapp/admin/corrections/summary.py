"""The corrections counted: by what they are said to be, by the run that answered, and in all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from webapp.corrections.finding import KINDS, Count
from webapp.corrections.tables import ACCEPTED, REJECTED, WAITING


@dataclass(frozen=True)
class Row:
    """The counts of corrections that have something in common.

    Attributes:
        key: what they have in common: a kind of label, or the name of a run.
        waiting, accepted, rejected: how many have each state.
        asked: of those accepted, how many the current run was asked about.
        right: of those asked, how many it reads as corrected.
    """

    key: str
    waiting: int
    accepted: int
    rejected: int
    asked: int
    right: int

    @property
    def total(self) -> int:
        """How many corrections these are, whatever their state."""
        return self.waiting + self.accepted + self.rejected


@dataclass(frozen=True)
class Summary:
    """The counts of all corrections."""

    by_kind: list[Row]  # in the order of KINDS
    by_run: list[Row]  # by name, the newest first; "" where no run was named
    whole: Row
    unasked: int  # not rejected, and the current run was not asked about them


def summarise(counts: Iterable[Count]) -> Summary:
    """Add the counts up."""
    counts = list(counts)
    kinds = _rows(counts, lambda one: one.kind)
    runs = _rows(counts, lambda one: one.run or "")
    open_ones = [one for one in counts if one.state != REJECTED]
    return Summary(
        [kinds[kind] for kind in KINDS if kind in kinds],
        [runs[run] for run in sorted(runs, reverse=True)],
        _row("", counts),
        sum(one.total - one.asked for one in open_ones),
    )


def _rows(counts: list[Count], key: Callable[[Count], str]) -> dict[str, Row]:
    keys = {key(one) for one in counts}
    return {name: _row(name, [one for one in counts if key(one) == name]) for name in keys}


def _row(key: str, counts: Iterable[Count]) -> Row:
    counts = list(counts)
    totals = {
        state: sum(one.total for one in counts if one.state == state)
        for state in (WAITING, ACCEPTED, REJECTED)
    }
    accepted = [one for one in counts if one.state == ACCEPTED]
    return Row(
        key,
        totals[WAITING],
        totals[ACCEPTED],
        totals[REJECTED],
        sum(one.asked for one in accepted),
        sum(one.right for one in accepted),
    )
