"""What an activation changed in how corrections are read: by the run served now, and before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.admin.runs.corrected import Corrected, look_at_corrected
from webapp.corrections.readings import ReadAnew, read_otherwise
from webapp.services import services

MOST_DRAWINGS = 48  # of those that are read otherwise


@dataclass(frozen=True)
class Changed:
    """How two runs read the corrections that are accepted now.

    Attributes:
        before: name of the run that was served before.
        now, earlier: what the served run reads, and what that one does.
        drawings: those that one of them reads right and the other does not.
    """

    before: str
    now: Corrected
    earlier: Corrected
    drawings: Sequence[ReadAnew]

    @property
    def is_whole(self) -> bool:
        """Whether both runs were asked about all accepted corrections."""
        return self.now.is_whole and self.earlier.is_whole

    @property
    def is_pending(self) -> bool:
        """Whether a job asks one of the two runs, or waits to."""
        jobs = (self.now.job, self.earlier.job)
        return not self.is_whole and any(job and not job.is_over for job in jobs)


def what_changed(run: str, before: str | None) -> Changed | None:
    """Compare the served run with the one before; None where there is nothing to compare.

    What one of them was not asked about, a job asks it.
    """
    if before is None:
        return None
    now, earlier = look_at_corrected(run), look_at_corrected(before)
    if not now.total:
        return None
    with services().database.reading() as session:
        drawings = read_otherwise(session, run, before, MOST_DRAWINGS)
    return Changed(before, now, earlier, drawings)
