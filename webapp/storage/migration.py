"""Bring a database's tables to what the code needs, once, however many processes want to."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from webapp.private_files import make_private_file, private_opener
from webapp.storage.engine import WRITES
from webapp.storage.revision import MIGRATIONS, MigrationError

_ADVISORY_LOCK = 0x6E_C3_A9_74  # "nét", so that it is nobody else's


def upgrade(engine: Engine, revision: str = "heads") -> None:
    """Run the migrations that have not run yet, all of them or none.

    Raises:
        MigrationError: the database knows a revision that this code does not: it is newer.
    """
    _run(engine, command.upgrade, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Undo the migrations after a revision (``base``: all of them), for developers."""
    _run(engine, command.downgrade, revision)


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration for a connection on which it shall work."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _run(engine: Engine, run: Callable[[Config, str], None], revision: str) -> None:
    with _alone(engine) as connection:
        try:
            run(configuration(connection), revision)
        except CommandError as error:
            raise MigrationError(str(error)) from error


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction while which no other process is here."""
    writing = engine.execution_options(**{WRITES: True})
    if engine.dialect.name == "sqlite":
        with _locked_file(Path(str(engine.url.database))), writing.connect() as connection:
            _write_ahead(connection)
            with connection.begin():
                yield connection
        return
    with writing.begin() as connection:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
        yield connection


@contextmanager
def _locked_file(database: Path) -> Iterator[None]:
    """Hold a lock beside a SQLite file, whose folder is made if need be."""
    make_private_file(database)  # before SQLite makes it for everybody to read
    with open(database.with_name(f"{database.name}.lock"), "w", opener=private_opener) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write_ahead(connection: Connection) -> None:
    # Outside of any transaction, and not by several processes at once: SQLite would not wait.
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
