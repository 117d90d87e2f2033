"""The tables of what was counted and of which worker serves which run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.tables import Moment, Table

MERGED = ""  # the worker of a row that holds the sum of several


class CountedSpan(Table):
    """What one worker counted in one minute, or all of them in an older minute or hour.

    A worker replaces its own minute as a whole and writes nobody else's, so a write that is
    repeated, because nobody could tell whether it had succeeded, counts nothing twice.
    """

    __tablename__ = "counted_spans"

    start: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    seconds: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 60 or 3600
    worker: Mapped[str] = mapped_column(String(32), primary_key=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)


class WebWorker(Table):
    """A process that answers requests, as it last described itself."""

    __tablename__ = "web_workers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    host: Mapped[str] = mapped_column(String(255))
    pid: Mapped[int]
    run: Mapped[str | None] = mapped_column(String(128))
    problem: Mapped[str | None] = mapped_column(String(1000))  # why `current` is not served
    memory: Mapped[int | None] = mapped_column(BigInteger)  # bytes, shared ones by their share
    started_at: Mapped[datetime] = mapped_column(Moment)
    run_since: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)  # by the database's clock
