"""What the trainer does for people: queued in the web app, run by workers of their own.

The functions here are what the pages use; they speak to the :class:`JobBook` of the present app.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from webapp.services import services

if TYPE_CHECKING:
    from webapp.jobs.tables import Job


def submit(kind: str, arguments: Mapping[str, Any], by: str, ticket: str | None = None) -> Job:
    """Put a job into the queue; see :meth:`webapp.jobs.book.JobBook.submit`."""
    return services().jobs.submit(kind, arguments, by, ticket)


def find_job(job_id: int) -> Job | None:
    """A job by its number."""
    return services().jobs.find(job_id)


def jobs_of(run: str) -> Sequence[Job]:
    """The jobs about a run, the newest first."""
    return services().jobs.of_run(run)


def list_jobs(limit: int = 50, offset: int = 0, states: Sequence[str] = ()) -> Sequence[Job]:
    """Jobs in any of these states (none named: in any), the newest first."""
    return services().jobs.list(limit, offset, states)


def stop_job(job_id: int) -> Job | None:
    """Withdraw a job that waits, or ask for the end of one that runs."""
    return services().jobs.stop(job_id)
