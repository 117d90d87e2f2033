"""The thread of each worker that writes down what it counted and says which run it serves.

It is started in the worker and not in gunicorn's master (gunicorn.conf.py), for threads do not
survive a fork. A database that is away delays nothing and loses nothing for fifty minutes
(:mod:`webapp.activity.counters`).
"""

from __future__ import annotations

import os
import random
import secrets
import socket
import threading
import time
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from recognizer.errors import RecognizerError
from webapp.activity.compaction import TakenError, compact
from webapp.activity.counters import Counters
from webapp.activity.presence import Worker, describe, forget_the_silent, forget_worker
from webapp.activity.process_memory import memory_bytes
from webapp.activity.rollup import write_minutes
from webapp.protocols import KnowsTheRun
from webapp.storage.database import Database, DatabaseAwayError
from webapp.storage.tables import now

REPORT_SECONDS = 2.0  # between two reports while nothing changes
_LOOK_SECONDS = 0.25  # how often it is looked whether another run is served
_COMPACTION_SECONDS = 600.0
_MEASURING_SECONDS = 30.0  # the system takes milliseconds to tell how much memory is taken
_PATIENCE_SECONDS = 5.0  # for the last report of a worker that ends

_PASSING = (DatabaseAwayError, SQLAlchemyError, TakenError)

_log = structlog.get_logger()


class Reporter:
    """Reports on this process from :meth:`start` to :meth:`stop`."""

    def __init__(
        self,
        database: Database,
        counters: Counters,
        registry: KnowsTheRun,
        announce: Callable[[Worker], None] = lambda worker: None,
    ) -> None:
        """Report what ``counters`` counts and which run ``registry`` has, to ``database``.

        ``announce`` is told the same of this process, also while the database is away.
        """
        self._announce = announce
        self._database = database
        self._counters = counters
        self._registry = registry
        self._id = secrets.token_hex(16)
        self._host = socket.gethostname()
        self._started_at = self._run_since = now()
        self._run: str | None = None
        self._memory: int | None = None
        self._measure_at = 0.0
        self._is_failing = False
        self._compact_at = time.monotonic() + random.uniform(0, _COMPACTION_SECONDS)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="activity", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of this process; call it once."""
        self._thread.start()

    def stop(self) -> None:
        """Report for the last time and end; returns when that is done, or takes too long."""
        self._stop.set()
        self._thread.join(_PATIENCE_SECONDS)

    def _go_on(self) -> None:
        due = 0.0
        while not self._stop.wait(_LOOK_SECONDS):
            if self._notice_the_run() or time.monotonic() >= due:
                due = time.monotonic() + REPORT_SECONDS
                self._report()
            if time.monotonic() >= self._compact_at:
                self._thin()
        self._report(is_last=True)

    def _notice_the_run(self) -> bool:
        """Whether another run is served than was a moment ago."""
        try:
            run: str | None = self._registry.current().name
        except RecognizerError:
            run = None
        if run == self._run:
            return False
        self._run, self._run_since = run, now()
        return True

    def _report(self, is_last: bool = False) -> None:
        minutes = self._counters.take_unsaved()
        description = self._description()
        self._announce(description)
        try:
            with self._database.session() as session:
                write_minutes(session, self._id, minutes)
                if is_last:
                    forget_worker(session, self._id)
                else:
                    describe(session, self._id, description)
        except Exception as error:  # whatever it is, this worker goes on answering and counting
            self._counters.put_back(minutes)
            self._complain(error)
        else:
            self._is_failing = False

    def _description(self) -> Worker:
        if time.monotonic() >= self._measure_at:
            self._memory = memory_bytes()
            self._measure_at = time.monotonic() + _MEASURING_SECONDS
        return Worker(
            self._host,
            os.getpid(),
            self._run,
            self._registry.last_error,
            self._memory,
            self._started_at,
            self._run_since,
        )

    def _complain(self, error: Exception) -> None:
        """Say once that it does not work, not every two seconds."""
        if not self._is_failing:
            trace = None if isinstance(error, DatabaseAwayError) else error
            _log.error("activity cannot be reported", reason=str(error), exc_info=trace)
        self._is_failing = True

    def _thin(self) -> None:
        self._compact_at = time.monotonic() + _COMPACTION_SECONDS * random.uniform(0.8, 1.2)
        try:
            compact(self._database, now())
            with self._database.session() as session:
                forget_the_silent(session)
        except _PASSING as error:  # nothing hangs on it, and other workers compact as well
            _log.debug("activity is thinned another time", reason=str(error))
