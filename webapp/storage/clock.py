"""The present moment as the database knows it: the clocks of several machines differ."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.storage.tables import as_utc


def database_time(session: Session) -> datetime:
    """Ask what time it is, the same for everybody who asks this database; aware and in UTC.

    SQLite tells whole seconds.
    """
    moment: datetime = session.scalar(select(func.now()))  # type: ignore[assignment]
    return as_utc(moment)
