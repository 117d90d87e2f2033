"""Whether the database answers, and what it says of jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog

from webapp.configuration import Configuration
from webapp.jobs.figures import JobFigures, count_jobs
from webapp.storage.database import Database, DatabaseAwayError

AWAY = "The database and so the admin pages do not answer; the log says why."
_log = structlog.get_logger()


@dataclass(frozen=True)
class DatabaseState:
    """Whether the database answered, and what it said of jobs; None before anybody used it."""

    answers: bool | None = None
    jobs: JobFigures | None = None


def probe_database(database: Database, configuration: Configuration) -> DatabaseState:
    """Ask the database about jobs; one that nothing has needed yet is left alone."""
    lease = timedelta(seconds=configuration.worker_lease_seconds)
    if not database.is_in_use:
        return DatabaseState()
    try:
        with database.reading() as session:
            return DatabaseState(True, count_jobs(session, lease))
    except DatabaseAwayError as error:
        _log.warning("the database does not answer", reason=str(error))
        return DatabaseState(False)
