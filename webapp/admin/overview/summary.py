"""A period's counts in a few figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.activity.counted import VERDICTS
from webapp.activity.rollup import Bin, steps_of, total
from webapp.activity.scales import percentile

PERCENTILES = (0.5, 0.95, 0.99)  # of latencies


@dataclass(frozen=True)
class Summary:
    """What was answered in a period.

    Attributes:
        drawings, pictures: how many of each.
        verdicts: by verdict, how many; all of them, also those that never occurred.
        latencies: by share of the drawings, one of ``PERCENTILES``, the seconds that these took at
            most; None where none was answered.
        errors: how many answers had a status from 400 on; those from 500 on are also in
            ``failures``.
    """

    drawings: int
    pictures: int
    verdicts: Mapping[str, int]
    latencies: Mapping[float, float | None]
    errors: int
    failures: int

    @property
    def predictions(self) -> int:
        """How many drawings and pictures were answered."""
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
        latencies={share: percentile(times, share) for share in PERCENTILES},
        errors=sum(statuses.values()),
        failures=sum(count for status, count in statuses.items() if status >= 500),
    )
