"""A period's counts in a few figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.activity.counted import VERDICTS
from webapp.activity.rollup import Bin, steps_of, total
from webapp.activity.scales import percentile


@dataclass(frozen=True)
class Summary:
    """What was answered in a period.

    Attributes:
        drawings, pictures: how many of each.
        verdicts: by verdict, how many; all of them, also those that never occurred.
        latencies: seconds that half, 95 % and 99 % of the drawings took at most; None where none
            was answered.
        errors: how many answers had a status from 400 on; those from 500 on are also in
            ``failures``.
    """

    drawings: int
    pictures: int
    verdicts: Mapping[str, int]
    latencies: tuple[float | None, float | None, float | None]
    errors: int
    failures: int

    @property
    def predictions(self) -> int:
        """Drawings and pictures."""
        return self.drawings + self.pictures


def summarise(bins: Sequence[Bin]) -> Summary:
    """Add up what was counted."""
    counts: Counter[str] = total(list(bins))
    times = steps_of(counts, "drawing_seconds")
    statuses = steps_of(counts, "status")
    return Summary(
        drawings=counts["sent.drawing"],
        pictures=counts["sent.picture"],
        verdicts={verdict: counts[f"verdict.{verdict}"] for verdict in VERDICTS},
        latencies=(percentile(times, 0.5), percentile(times, 0.95), percentile(times, 0.99)),
        errors=sum(statuses.values()),
        failures=sum(count for status, count in statuses.items() if status >= 500),
    )
