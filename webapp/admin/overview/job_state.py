"""The workers that run jobs, and how many jobs wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.jobs.tables import QUEUED, RUNNING, Job, Worker
from webapp.services import services

_SHOWN = 10  # running jobs


@dataclass(frozen=True)
class JobState:
    """What the queue and its workers are at.

    Attributes:
        workers: those that live.
        running: the jobs that run, the newest first.
        waiting: how many wait for a worker.
    """

    workers: Sequence[Worker]
    running: Sequence[Job]
    waiting: int


def look_at_jobs() -> JobState:
    """Ask the book of jobs."""
    jobs = services().jobs
    return JobState(jobs.workers(), jobs.list(_SHOWN, states=(RUNNING,)), jobs.count((QUEUED,)))
