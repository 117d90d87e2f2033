"""What a run reads in the accepted corrections; a job asks it about those that are new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog
from flask_babel import gettext as _
from flask_login import current_user

from trainer.evaluation.intervals import wilson_interval
from trainer.runs.details import SetFigures
from webapp.admin.runs.figures import SetRow, interval_in_words
from webapp.admin.runs.seen_run import SeenRun
from webapp.admin.runs.wording import number, percent
from webapp.corrections.readings import Score, score
from webapp.jobs.job_runs import JobRefusedError
from webapp.jobs.tables import FAILED, Job
from webapp.services import services
from webapp.storage.database import DatabaseAwayError
from webapp.storage.tables import now

READINGS = "readings"  # the kind of the job
HELD_OUT = "corrections_held_out"  # beside the keys of the sets that a run was measured on
_TRIED_AGAIN_AFTER = timedelta(minutes=10)  # a job that failed
_log = structlog.get_logger()


@dataclass(frozen=True)
class Corrected:
    """How a run reads the corrections that are accepted now.

    Attributes:
        held_out: those that no training is given.
        others: those that trainings may be given.
        job: the newest that asked it; None where nobody had to.
    """

    held_out: Score
    others: Score
    job: Job | None

    @property
    def is_whole(self) -> bool:
        """Whether the run was asked about all accepted corrections."""
        return self.held_out.is_whole and self.others.is_whole

    @property
    def total(self) -> int:
        """How many corrections are accepted."""
        return self.held_out.total + self.others.total

    @property
    def right(self) -> int:
        """How many corrections the run reads right, of those that it was asked about."""
        return self.held_out.right + self.others.right


def look_at_corrected(run: str) -> Corrected:
    """Count what a run reads right, and have a job ask it about what it was not asked about yet."""
    with services().database.reading() as session:
        held_out, others = (score(session, run, held_out=side) for side in (True, False))
    jobs = services().jobs
    job = next((job for job in jobs.of_run(run) if job.kind == READINGS), None)
    found = Corrected(held_out, others, job)
    if found.is_whole or (job and not _may_be_tried_again(job)):
        return found
    ticket = f"after {job.id if job else 0}"  # two who look at once have it asked once
    try:
        job = jobs.submit(READINGS, {"run": run}, current_user.name, ticket)
    except (DatabaseAwayError, JobRefusedError) as error:  # whoever looks shall see the rest
        _log.warning("a run is not asked about the corrections", run=run, reason=str(error))
    return Corrected(held_out, others, job)


def corrected_rows(corrected: Corrected) -> list[SetRow]:
    """The held-out corrections as a line of the table of figures; none where there are none."""
    held_out = corrected.held_out
    if not held_out.total:
        return []
    name = _("Corrections, held out")
    if not held_out.is_whole:
        name = _("Corrections, held out (the run is being asked)")
    if not held_out.is_whole and corrected.job and corrected.job.state == FAILED:
        name = _("Corrections, held out (the run could not be asked)")
    accuracy, interval, wrong = None, None, number(None)
    if held_out.read:
        accuracy = held_out.right / held_out.read
        interval = wilson_interval(held_out.right, held_out.read)
        counts = {"wrong": held_out.read - held_out.right, "total": held_out.read}
        wrong = str(_("%(wrong)s of %(total)s", **counts))
    unknown = number(None)
    return [
        SetRow(
            HELD_OUT, str(name), percent(accuracy), interval_in_words(interval),
            wrong, unknown, unknown, unknown, is_part=False,
        )
    ]  # fmt: skip


def held_out_figures(run: SeenRun) -> SetFigures | None:
    """Measure a run on all corrections that are held out; None before it was asked about them."""
    if not run.is_trained:
        return None
    held_out = look_at_corrected(run.name).held_out
    if not held_out.total or not held_out.is_whole:
        return None
    right, total = held_out.right, held_out.total
    return SetFigures(
        accuracy=right / total, interval=wilson_interval(right, total), right=right, total=total
    )


def _may_be_tried_again(job: Job) -> bool:
    if job.state != FAILED:
        return job.is_over
    return bool(job.finished_at and now() - job.finished_at > _TRIED_AGAIN_AFTER)
