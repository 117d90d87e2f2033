"""The workers that run jobs, and how many jobs wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.jobs.tables import QUEUED, RUNNING, Job, Worker
from webapp.services import services

_SHOWN = 10  # running jobs


@dataclass(frozen=True)
class JobState:
    """The workers that live, and the jobs that run and wait.

    Attributes:
        workers: those that live.
        running: the jobs that run, the newest first.
        waiting: how many wait for a worker.
    """

    workers: Sequence[Worker]
    running: Sequence[Job]
    waiting: int


def look_at_jobs() -> JobState:
    """Read the state of the queue and of its workers."""
    jobs = services().jobs
    return JobState(jobs.workers(), jobs.list(_SHOWN, states=(RUNNING,)), jobs.count((QUEUED,)))
