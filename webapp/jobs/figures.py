"""How many jobs there are in each state, how long the oldest one waits, and for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.jobs.claims import living_workers
from webapp.jobs.kinds import QUEUES
from webapp.jobs.tables import QUEUED, STATES, Job
from webapp.storage.clock import database_time


@dataclass(frozen=True)
class JobFigures:
    """The queue in a few numbers.

    Attributes:
        jobs: how many by queue and state; each pair, also those that have none.
        oldest_queued_seconds: how long the oldest waiting job has waited; 0 where none waits.
        workers: how many live, by whether they can train.
    """

    jobs: Mapping[tuple[str, str], int]
    oldest_queued_seconds: float
    workers: Mapping[bool, int]


def count_jobs(session: Session, lease: timedelta) -> JobFigures:
    """Count what the database knows.

    Args:
        session: of the database.
        lease: how long a worker may be silent until it counts as dead.
    """
    rows = session.execute(
        select(Job.queue, Job.state, func.count()).group_by(Job.queue, Job.state)
    ).all()
    counted = {(queue, state): 0 for queue in QUEUES for state in STATES}
    counted.update({(queue, state): count for queue, state, count in rows})
    workers = Counter(worker.can_train for worker in living_workers(session, lease))
    return JobFigures(
        counted, _oldest(session), {can_train: workers[can_train] for can_train in (True, False)}
    )


def _oldest(session: Session) -> float:
    since = session.scalar(select(func.min(Job.submitted_at)).where(Job.state == QUEUED))
    return max(0.0, (database_time(session) - since).total_seconds()) if since else 0.0
