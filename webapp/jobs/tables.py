"""The tables of jobs and of the workers that run them; the truth about both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.tables import Moment, Table

QUEUED, RUNNING = "queued", "running"
FINISHED, STOPPED, FAILED = "finished", "stopped", "failed"
STATES = (QUEUED, RUNNING, FINISHED, STOPPED, FAILED)
ACTIVE = (QUEUED, RUNNING)

GO_ON, END, END_AT_ONCE = 0, 1, 2  # what is wanted of a job


class Job(Table):
    """Something that the trainer does for somebody.

    Attributes:
        id: counts up, and is never used again.
        kind: a key of :data:`webapp.jobs.kinds.KINDS`.
        queue: ``training`` or ``short``; a worker runs one job of each at a time.
        run: name of the run it is about, if it is about one.
        arguments: of the kind.
        ticket: checksum of the form that it was sent with; one that is sent twice gives one job.
        state: one of ``STATES``.
        wanted: ``GO_ON``, ``END`` or ``END_AT_ONCE``.
        worker: id of the worker that has it, or had it.
        exit_status: of the command; negative: the signal that killed it.
        reason: why it ended otherwise than finished, a key of
            :data:`webapp.jobs.outcome.REASONS`.
        detail: what the trainer said about that, in English.
        result: what the command printed as JSON, for the kinds that do.
    """

    __tablename__ = "jobs"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    queue: Mapped[str] = mapped_column("lane", String(10))
    run: Mapped[str | None] = mapped_column(String(128), index=True)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    ticket: Mapped[str | None] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(10), index=True, default=QUEUED)
    wanted: Mapped[int] = mapped_column(default=GO_ON)
    submitted_by: Mapped[str] = mapped_column(String(80))
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    worker: Mapped[str | None] = mapped_column(String(120))
    exit_status: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(20))
    detail: Mapped[str | None] = mapped_column(Text)
    result: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state not in ACTIVE


class Worker(Table):
    """A worker process, from its start to its end.

    Attributes:
        id: ``host:pid:`` and something random, for numbers of processes come again.
        can_train: whether what training needs is installed where it runs.
        seen_at: when it last said that it lives, by the database's clock.
    """

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    host: Mapped[str] = mapped_column(String(80))
    pid: Mapped[int]
    can_train: Mapped[bool]
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
