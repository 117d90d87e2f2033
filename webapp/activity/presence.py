"""Which worker serves which run: each describes itself, and whoever falls silent is not listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.activity.tables import WebWorker
from webapp.storage.clock import database_time

SILENT_AFTER = timedelta(seconds=10)
_FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Worker:
    """One process that answers requests.

    Attributes:
        host, pid: where it runs.
        run: the name of the run it serves; None while it has none.
        problem: why the run that ``current`` names is not the one it serves, if so.
        memory: in bytes; None where the system does not tell.
        started_at: when it began, by its machine's clock.
        run_since: since when it serves this run, by the same.
    """

    host: str
    pid: int
    run: str | None
    problem: str | None
    memory: int | None
    started_at: datetime
    run_since: datetime


def describe(session: Session, worker_id: str, worker: Worker) -> None:
    """Write down how this worker is now."""
    session.merge(
        WebWorker(
            id=worker_id,
            host=worker.host[:255],
            pid=worker.pid,
            run=worker.run,
            problem=worker.problem and worker.problem[:1000],
            memory=worker.memory,
            started_at=worker.started_at,
            run_since=worker.run_since,
            seen_at=database_time(session),
        )
    )


def forget_worker(session: Session, worker_id: str) -> None:
    """Remove a worker that ends."""
    session.execute(delete(WebWorker).where(WebWorker.id == worker_id))


def forget_the_silent(session: Session) -> None:
    """Remove those that ended long ago without a word."""
    longest_ago = database_time(session) - _FORGOTTEN_AFTER
    session.execute(delete(WebWorker).where(WebWorker.seen_at < longest_ago))


def present_workers(session: Session) -> Sequence[Worker]:
    """List the workers heard of within ``SILENT_AFTER``, by host and process number."""
    rows = session.scalars(
        select(WebWorker)
        .where(WebWorker.seen_at >= database_time(session) - SILENT_AFTER)
        .order_by(WebWorker.host, WebWorker.pid)
    )
    return [
        Worker(
            row.host, row.pid, row.run, row.problem, row.memory,
            row.started_at, row.run_since,
        )
        for row in rows
    ]  # fmt: skip
