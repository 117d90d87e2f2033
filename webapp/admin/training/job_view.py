"""A job as the pages show it: how far it is, and what can be done about it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from flask_babel import gettext as _

from recognizer.errors import RunError
from recognizer.runs.folder import run_path
from trainer.runs.details import Progress, RunDetails, read_run
from webapp.admin.training.progress import progress_words, share_done
from webapp.admin.training.wording import job_title, reason_sentence, state_name
from webapp.jobs.kinds import trains_a_run
from webapp.jobs.tables import END, GO_ON, QUEUED, RUNNING, Job
from webapp.services import services


@dataclass(frozen=True)
class JobView:
    """A job, and what its run tells about it.

    Attributes:
        job: its row.
        run: what the run.json of its run holds; None where it has none any more.
    """

    job: Job
    run: RunDetails | None

    @property
    def title(self) -> str:
        """What the job is for."""
        return job_title(self.job)

    @property
    def state(self) -> str:
        """How the job stands, in words."""
        if self.job.state == RUNNING and self.job.wanted != GO_ON:
            return str(_("stopping"))
        return state_name(self.job.state)

    @property
    def reason(self) -> str:
        """Why the job ended otherwise than finished; empty where it did not."""
        return reason_sentence(self.job)

    @property
    def trains(self) -> bool:
        """Whether a run is trained by the job."""
        return trains_a_run(self.job.kind)

    @property
    def share(self) -> float | None:
        """How much of the network at hand is trained, 0-1; None where that is not known."""
        return share_done(self._progress())

    @property
    def progress(self) -> str:
        """How far the job is, in words; empty where nothing happens."""
        if self.job.state != RUNNING or not self.trains:
            return ""
        return progress_words(self._progress())

    @property
    def can_be_ended_at_once(self) -> bool:
        """Whether the job was asked to end, and has not yet."""
        return self.job.state == RUNNING and self.job.wanted == END

    @property
    def is_queued(self) -> bool:
        """Whether the job waits for a worker."""
        return self.job.state == QUEUED

    def _progress(self) -> Progress | None:
        return self.run.progress if self.run and self.run.status == "running" else None


def view_job(job: Job) -> JobView:
    """Read what there is to read about a job."""
    details = None
    if job.run:
        with suppress(RunError):  # it was withdrawn, or removed
            details = read_run(run_path(services().configuration.models_folder, job.run))
    return JobView(job, details)
