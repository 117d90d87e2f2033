"""The present moment as the database knows it: the clocks of several machines differ."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def database_time(session: Session) -> datetime:
    """This moment, the same for everybody who asks this database; aware and in UTC.

    SQLite tells whole seconds.
    """
    moment: datetime = session.scalar(select(func.now()))  # type: ignore[assignment]
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
