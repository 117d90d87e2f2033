"""Keep the counted minutes few: older minutes are added up, first over workers, then to hours.

After an hour the workers' rows of a minute become one, after a week the minutes of an hour do,
after a year they go. Several processes may compact at once: who finds that another was faster
undoes what it did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from webapp.activity.tables import MERGED, CountedSpan
from webapp.storage.database import Database

WORKERS_KEPT = timedelta(hours=1)
MINUTES_KEPT = timedelta(days=7)
HOURS_KEPT = timedelta(days=365)
MOST_AT_ONCE = 200  # spans; what is left is for the next time
_MINUTE, _HOUR = 60, 3600  # seconds


class TakenError(Exception):
    """Another process has changed the same rows."""


def compact(database: Database, now: datetime) -> int:
    """Add up what is old enough, and delete what is too old.

    Returns:
        how many spans were added up.

    Raises:
        TakenError: another process is at it.
        DatabaseAwayError: the database does not answer.
    """
    with database.session() as session:
        session.execute(delete(CountedSpan).where(CountedSpan.start < now - HOURS_KEPT))
    with database.reading() as session:
        old = _minutes_before(session, now - MINUTES_KEPT)
        apart = _minutes_before(session, now - WORKERS_KEPT, MERGED)
    hours = {_whole_hour(start) for start in old}
    minutes = set(apart) - set(old)
    due = [(start, _HOUR) for start in sorted(hours)]
    due += [(start, _MINUTE) for start in sorted(minutes)]
    for start, seconds in due[:MOST_AT_ONCE]:
        with database.session() as session:
            _add_up(session, start, seconds)
    return len(due[:MOST_AT_ONCE])


def _minutes_before(
    session: Session, end: datetime, except_of: str | None = None
) -> Sequence[datetime]:
    """Find when minutes begin that ended before, at most ``MOST_AT_ONCE`` of them."""
    query = (
        select(CountedSpan.start)
        .where(CountedSpan.seconds == _MINUTE, CountedSpan.start < _whole_hour(end))
        .distinct()
        .order_by(CountedSpan.start)
        .limit(MOST_AT_ONCE)
    )
    if except_of is not None:
        query = query.where(CountedSpan.worker != except_of)
    return session.scalars(query).all()


def _whole_hour(moment: datetime) -> datetime:
    seconds = int(moment.timestamp()) // _HOUR * _HOUR
    return datetime.fromtimestamp(seconds, timezone.utc)


def _add_up(session: Session, start: datetime, seconds: int) -> None:
    """Put one row in the place of all that lie within a span."""
    rows = session.scalars(
        select(CountedSpan).where(
            CountedSpan.start >= start,
            CountedSpan.start < start + timedelta(seconds=seconds),
            CountedSpan.seconds <= seconds,
        )
    ).all()
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(row.counts)
        _remove(session, row)
    session.expunge_all()  # one of them may have had the new row's key
    session.add(CountedSpan(start=start, seconds=seconds, worker=MERGED, counts=dict(counts)))


def _remove(session: Session, row: CountedSpan) -> None:
    key = (row.start, row.seconds, row.worker)
    columns = (CountedSpan.start, CountedSpan.seconds, CountedSpan.worker)
    same = [column == value for column, value in zip(columns, key, strict=True)]
    gone = cast("CursorResult[object]", session.execute(delete(CountedSpan).where(*same)))
    if gone.rowcount != 1:
        raise TakenError
