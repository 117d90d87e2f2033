"""Which worker has which job: claimed in one statement, kept by beating, lost when it stops.

Times are the database's own, for the clocks of several machines differ.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from webapp.jobs.kinds import KINDS
from webapp.jobs.outcome import LOST, Outcome
from webapp.jobs.tables import FAILED, QUEUED, RUNNING, Job, Worker
from webapp.storage.clock import database_time

_FORGOTTEN = timedelta(days=1)


def enrol(session: Session, worker: Worker) -> None:
    """Make a worker known, and forget those that are long gone."""
    moment = database_time(session)
    worker.started_at = worker.seen_at = moment
    session.execute(delete(Worker).where(Worker.seen_at < moment - _FORGOTTEN))
    session.add(worker)


def leave(session: Session, worker_id: str) -> None:
    """Remove a worker that has come to its end, and has no jobs any more."""
    session.execute(delete(Worker).where(Worker.id == worker_id))


def claim(session: Session, job_id: int, worker_id: str) -> Job | None:
    """Take a job that nobody has; None where somebody was faster, or it was withdrawn."""
    return session.scalar(
        update(Job)
        .where(Job.id == job_id, Job.state == QUEUED)
        .values(state=RUNNING, worker=worker_id, started_at=database_time(session))
        .returning(Job)
    )


def oldest_queued(session: Session, queue: str) -> int | None:
    """The id of the job of this queue that has waited longest.

    What a newer release has queued, and this one knows nothing of, waits for a newer worker.
    """
    waits = (Job.state == QUEUED, Job.queue == queue, Job.kind.in_(list(KINDS)))
    return session.scalar(select(Job.id).where(*waits).order_by(Job.id).limit(1))


def running_names(session: Session) -> set[str]:
    """The runs of all jobs that are being done, by whichever worker."""
    return set(session.scalars(select(Job.run).where(Job.state == RUNNING, Job.run.is_not(None))))


def what_is_wanted(session: Session, jobs: Collection[int]) -> dict[int, int]:
    """Read what is wanted of each of these jobs: GO_ON, END or END_AT_ONCE."""
    found = session.execute(select(Job.id, Job.wanted).where(Job.id.in_(jobs)))
    return {row.id: row.wanted for row in found}


def beat(session: Session, worker: Worker, jobs: Collection[int]) -> None:
    """Say that a worker lives and which jobs it has, though others may have taken it for dead.

    A job that its row gives to this worker and that the worker does not know is lost: its claim
    came through while the answer to it did not.

    Args:
        session: changes are for the caller to commit.
        worker: the row of this worker, as it shall be.
        jobs: the ids of the jobs that it is at.
    """
    moment = worker.seen_at = database_time(session)
    session.merge(worker)  # it may have been forgotten meanwhile
    ours = Job.worker == worker.id
    session.execute(
        update(Job)
        .where(ours, Job.id.in_(jobs), Job.state == FAILED, Job.reason == LOST)
        .values(state=RUNNING, reason=None, finished_at=None)
    )
    session.execute(
        update(Job)
        .where(ours, Job.id.not_in(jobs), Job.state == RUNNING)
        .values(state=FAILED, reason=LOST, finished_at=moment)
    )


def any_lost(session: Session, lease: timedelta) -> bool:
    """Whether a job's worker is dead."""
    return session.scalar(select(Job.id).where(_is_lost(session, lease)).limit(1)) is not None


def give_up_lost(session: Session, lease: timedelta) -> None:
    """Mark the jobs whose worker is dead as failed."""
    session.execute(
        update(Job)
        .where(_is_lost(session, lease))
        .values(state=FAILED, reason=LOST, finished_at=database_time(session))
        .execution_options(synchronize_session=False)
    )


def living_workers(session: Session, lease: timedelta) -> list[Worker]:
    """The workers that have been heard of within their lease, the oldest first."""
    alive = Worker.seen_at >= database_time(session) - lease
    return list(session.scalars(select(Worker).where(alive).order_by(Worker.started_at)))


def finish(session: Session, job_id: int, worker_id: str, outcome: Outcome) -> None:
    """Write down how a job ended, unless it is not this worker's.

    Args:
        session: changes are for the caller to commit.
        job_id: of the job.
        worker_id: who says so; a job that was given to another stays as it is.
        outcome: how it ended.
    """
    session.execute(
        update(Job)
        .where(Job.id == job_id, Job.worker == worker_id)
        .values(
            state=outcome.state,
            finished_at=database_time(session),
            exit_status=outcome.exit_status,
            reason=outcome.reason,
            detail=outcome.detail,
            result=outcome.result,
        )
    )


def _is_lost(session: Session, lease: timedelta) -> ColumnElement[bool]:
    lives = exists().where(
        Worker.id == Job.worker, Worker.seen_at >= database_time(session) - lease
    )
    return (Job.state == RUNNING) & (Job.worker.is_(None) | ~lives)
