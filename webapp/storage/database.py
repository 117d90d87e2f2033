"""The one way to the database: a session that is committed as a whole or not at all.

Nothing touches the database before the first session does, so an app starts, and draws and
predicts, without one. Whatever is wrong with it is one error, :class:`DatabaseAwayError`, and the
next session tries anew.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import structlog
from sqlalchemy import Engine, text
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from webapp.storage.engine import WRITES, make_engine
from webapp.storage.migration import MigrationError, bring_up_to_date
from webapp.storage.tables import Table

_FAILURES: tuple[type[Exception], ...] = (
    OperationalError,
    InterfaceError,
    InternalError,
    PoolTimeoutError,
)


_log = structlog.get_logger()


class DatabaseAwayError(Exception):
    """The database cannot be worked with at the moment; the message says why, for the log."""


class Database:
    """A database by its URL, SQLite or PostgreSQL; its connections open when first used.

    One is shared by all threads of a process, and by the processes that are forked off it: each
    of them has connections of its own.
    """

    def __init__(self, url: str, upgrade: Callable[[Engine], None] = bring_up_to_date) -> None:
        """Prepare to connect.

        Args:
            url: as :func:`webapp.storage.engine.make_engine` takes it.
            upgrade: brings the tables of an engine to what the code needs.
        """
        self._engine = make_engine(url)
        self._writing = self._engine.execution_options(**{WRITES: True})
        self._upgrade = upgrade
        self._preparing = Lock()
        self._is_prepared = False
        self._is_in_use = False
        _alive.add(self)

    @property
    def is_in_use(self) -> bool:
        """Whether anything has asked for it so far, in vain or not."""
        return self._is_in_use

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session whose changes are committed at the end of the block, or all undone.

        Open no second one inside it: SQLite lets one write at a time, so it would wait for itself.

        Raises:
            DatabaseAwayError: the database does not answer, or stopped to while the block ran.
        """
        self.prepare()
        with (
            self._watching(),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, and on SQLite waits for nobody who writes.

        Raises:
            DatabaseAwayError: the database does not answer, or stopped to while the block ran.
        """
        self.prepare()
        with self._watching(), Session(self._engine, expire_on_commit=False) as session:
            yield session

    def write_or_lose(self, write: Callable[[Session], object], what: str) -> None:
        """Write what may be lost, as on a full disk, where an operator still wants to look.

        Args:
            write: changes something in the session that it gets.
            what: is written, for the log, which is told where that fails.
        """
        try:
            with self.session() as session:
                write(session)
        except DatabaseAwayError as error:
            _log.warning("what may be lost is not written", what=what, reason=str(error))

    def prepare(self) -> None:
        """Bring the tables to what this version of the code needs, unless that is known.

        Raises:
            DatabaseAwayError: the database does not answer, or its tables belong to a newer
                version of the code.
        """
        if self._is_prepared:
            return
        self._is_in_use = True
        # Alembic's work asks SQLite's driver directly, too.
        with self._preparing, self._watching(MigrationError, OSError, sqlite3.Error):
            if not self._is_prepared:
                self._upgrade(self._engine)
                self._is_prepared = True

    def close(self) -> None:
        """Close the connections; the next session opens new ones."""
        self._engine.dispose()

    @contextmanager
    def _watching(self, *further: type[Exception]) -> Iterator[None]:
        try:
            yield
        except _FAILURES + further as error:
            # Who knows what comes back: a restored file, an empty server.
            self._is_prepared = False
            raise DatabaseAwayError(first_line(error)) from error

    def _start_anew(self) -> None:
        self._preparing = Lock()
        self._engine.dispose(close=False)  # the connections are the parent's


def lock_table(session: Session, table: type[Table]) -> None:
    """Keep others from writing to a table until the session ends, so that a count stays true."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        session.execute(text(f"LOCK TABLE {table.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))


_alive: weakref.WeakSet[Database] = weakref.WeakSet()


def _after_fork() -> None:
    for database in list(_alive):
        database._start_anew()


os.register_at_fork(after_in_child=_after_fork)


def first_line(error: BaseException) -> str:
    """Say what a driver of a database complains of, in one line; never empty."""
    reason = getattr(error, "orig", None) or error
    return (str(reason).strip() or type(reason).__name__).splitlines()[0]
