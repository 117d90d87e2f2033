"""Where studies are kept: a SQLite file for the processes of one machine, PostgreSQL for many.

What belongs together is done by one process at a time, in :meth:`Storage.alone`: the tables and
the study are made before anybody uses them, and a trial is counted and taken in one step.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from optuna.exceptions import StorageInternalError
from optuna.storages import RDBStorage
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from trainer.errors import SettingsError, TrainerError

Result = TypeVar("Result")

_PATIENCE = 60  # seconds a process waits for another one
_ADVISORY_LOCK = 0x4E_C3_A9_74  # any number will do that nobody else locks; this one is "Nét"


class StorageError(TrainerError):
    """The database of the studies cannot be used; the message says why, without a password."""


class Storage:
    """A database of studies.

    Attributes:
        address: what may be shown to people; its password is left out.
    """

    def __init__(self, url: str) -> None:
        """Name the database; nothing is opened yet.

        Raises:
            SettingsError: it is neither a SQLite file nor a PostgreSQL database.
        """
        self._url = _parse(url)
        self.address = self._url.render_as_string(hide_password=True)
        self._opened: RDBStorage | None = None

    @classmethod
    def in_file(cls, path: Path) -> Storage:
        """A database in a file of this machine, which need not exist yet."""
        return cls(URL.create("sqlite", database=str(path)).render_as_string())

    def opened(self) -> RDBStorage:
        """Optuna's storage; makes its tables where there are none, so the first call is alone.

        Raises:
            StorageError: the database cannot be used.
        """
        if self._opened is None:
            url = self._url.render_as_string(hide_password=False)
            try:
                with self.telling_errors():
                    self._opened = RDBStorage(url, engine_kwargs=self._engine_settings())
            except RuntimeError as error:  # made by another version of Optuna
                raise StorageError(self._cannot_be_used(error)) from None
        return self._opened

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process at a time in a ``with`` block; a killed process leaves it at once.

        Raises:
            StorageError: the database cannot be used, or is not free for a minute.
            OSError: the file's folder cannot be made.
        """
        exclusive = self._alone_with_file if self._is_file else self._alone_with_server
        with exclusive():
            yield

    @contextmanager
    def telling_errors(self) -> Iterator[None]:
        """Whatever goes wrong with the database in a ``with`` block is a StorageError."""
        try:
            yield
        except (SQLAlchemyError, StorageInternalError, sqlite3.Error) as error:
            raise StorageError(self._cannot_be_used(error)) from None

    def close(self) -> None:
        """Let go of all connections."""
        if self._opened is not None:
            self._opened.remove_session()
            self._opened.engine.dispose()
            self._opened = None

    @property
    def _is_file(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    def _engine_settings(self) -> dict[str, object]:
        if self._is_file:
            return {"connect_args": {"timeout": _PATIENCE}}
        return {"pool_pre_ping": True, "connect_args": {"connect_timeout": 10}}

    @contextmanager
    def _alone_with_file(self) -> Iterator[None]:
        # A second database, since the first must stay writable. The system lets go of its lock
        # when the process ends, however it ends, on every system that Python runs on.
        path = Path(f"{self._url.database}.lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.telling_errors():
            connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        with closing(connection):
            with self.telling_errors():
                connection.execute("BEGIN EXCLUSIVE")
            yield

    @contextmanager
    def _alone_with_server(self) -> Iterator[None]:
        engine = create_engine(self._url, poolclass=NullPool, **self._engine_settings())
        with self.telling_errors():
            connection = engine.connect()
        with closing(connection):
            with self.telling_errors():
                connection.execute(text(f"SET lock_timeout = '{_PATIENCE}s'"))
                # A server does not hear for hours of a machine that lost its power.
                connection.execute(
                    text(f"SET idle_in_transaction_session_timeout = '{_PATIENCE}s'")
                )
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
            yield

    def _cannot_be_used(self, error: Exception) -> str:
        cause = error.__cause__ if isinstance(error, StorageInternalError) else error
        reason = str(getattr(cause, "orig", None) or cause).strip()
        if self._url.password:
            reason = reason.replace(str(self._url.password), "***")
        return f"the studies in {self.address} cannot be used: {reason}"


def with_retries(call: Callable[[], Result], seconds: float = 300.0) -> Result:
    """What ``call`` returns, however often it takes while the database is away.

    Args:
        call: may be made again although it was half done.
        seconds: after which the last error is raised.
    """
    deadline = time.monotonic() + seconds
    pause = 0.2
    while True:
        try:
            return call()
        except (StorageInternalError, StorageError, SQLAlchemyError):
            if time.monotonic() > deadline:
                raise
        time.sleep(pause)
        pause = min(2 * pause, 10.0)


def _parse(text_: str) -> URL:
    try:
        url = make_url(text_)
    except (ArgumentError, ValueError):
        raise SettingsError(
            "--storage takes an address like postgresql://user@host/database"
        ) from None
    backend = url.drivername.partition("+")[0]
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise SettingsError("--storage takes postgresql://… or sqlite:///file, and nothing else")
