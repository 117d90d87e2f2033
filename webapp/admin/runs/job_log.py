"""The jobs about a run, and the end of the last training's log."""

from __future__ import annotations

from webapp.admin.runs.seen_run import SeenRun
from webapp.jobs.kinds import trains_a_run
from webapp.jobs.log_file import read_from
from webapp.jobs.tables import FINISHED, Job
from webapp.services import services

_LAST_BYTES = 16_000


def shown_job(run: SeenRun) -> Job | None:
    """Find the job whose log is worth reading: the last one that trained the run."""
    jobs = services().jobs.of_run(run.name)
    return next((job for job in jobs if trains_a_run(job.kind)), None)


def product_jobs(run: SeenRun) -> list[Job]:
    """Find the last job of each thing that can be made of a run, but those that went well."""
    last: dict[tuple[str, str], Job] = {}
    for job in services().jobs.of_run(run.name):
        if job.kind in ("export", "report"):
            last.setdefault((job.kind, str(job.arguments.get("format"))), job)
    return [job for job in last.values() if job.state != FINISHED]


def last_lines(job: Job) -> str:
    """Read the end of a job's log; empty where it has none."""
    return read_from(services().jobs.log_path(job.id), -_LAST_BYTES).text
