"""Write down what was counted, and add it up over all workers for a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.activity.counters import Counts
from webapp.activity.tables import CountedSpan

_MINUTE_SECONDS = 60


@dataclass(frozen=True)
class Period:
    """A time up to now, cut into equal bins.

    Attributes:
        bins: how many.
        seconds: of each; a whole number of them makes a day.
    """

    bins: int
    seconds: int

    def starts(self, now: datetime) -> list[datetime]:
        """List when the bins begin, UTC, the oldest first; the last one holds ``now``."""
        last = int(now.timestamp()) // self.seconds
        return [
            datetime.fromtimestamp(number * self.seconds, timezone.utc)
            for number in range(last - self.bins + 1, last + 1)
        ]


PERIODS: Mapping[str, Period] = {
    "hour": Period(60, 60),
    "day": Period(144, 600),
    "week": Period(168, 3600),
    "month": Period(120, 6 * 3600),
}


@dataclass(frozen=True)
class Bin:
    """What all workers together counted from ``start`` on."""

    start: datetime
    counts: Counter[str]


def write_minutes(session: Session, worker_id: str, minutes: Mapping[int, Counts]) -> None:
    """Replace a worker's minutes.

    Args:
        session: changes are for the caller to commit.
        worker_id: whose.
        minutes: by their number since 1970, all that was counted in each.
    """
    for minute, counts in minutes.items():
        start = datetime.fromtimestamp(minute * _MINUTE_SECONDS, timezone.utc)
        session.merge(
            CountedSpan(start=start, seconds=_MINUTE_SECONDS, worker=worker_id, counts=counts)
        )


def read_bins(session: Session, period: Period, now: datetime) -> list[Bin]:
    """Everything that was counted in a period, one bin after the other, empty ones too.

    Args:
        session: is only read from.
        period: how far back, and how long a bin is.
        now: in UTC; the last bin is the one that it lies in.
    """
    starts = period.starts(now)
    bins = [Bin(start, Counter()) for start in starts]
    rows = session.execute(
        select(CountedSpan.start, CountedSpan.counts).where(
            CountedSpan.start >= starts[0],
            CountedSpan.start < starts[-1] + timedelta(seconds=period.seconds),
        )
    )
    for start, counts in rows:
        bins[int((start - starts[0]).total_seconds()) // period.seconds].counts.update(counts)
    return bins


def total(bins: list[Bin]) -> Counter[str]:
    """The sum of all bins."""
    counts: Counter[str] = Counter()
    for one in bins:
        counts.update(one.counts)
    return counts


def steps_of(counts: Mapping[str, int], name: str) -> dict[int, int]:
    """The part of the counts whose names are ``<name>.<number>``, by that number."""
    prefix = f"{name}."
    return {
        int(key.removeprefix(prefix)): count
        for key, count in counts.items()
        if key.startswith(prefix)
    }
