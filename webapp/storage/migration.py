"""Bring a database's tables to what the code needs, once, however many processes want to.

Nearly every start finds a database as it should be, and loading Alembic is a tenth of a start: it
is loaded where something has to be done.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from recognizer.file_lock import take_lock
from webapp.private_files import make_private_file, private_opener
from webapp.storage.engine import LOCK_ENDING, WRITES

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"

_ADVISORY_LOCK = 0x6E_C3_A9_74  # "nét", so that it is nobody else's

logging.getLogger("alembic").setLevel(logging.WARNING)  # it announces itself when it is loaded


class MigrationError(Exception):
    """The tables cannot be brought to what the code needs; the message says why."""


def bring_up_to_date(engine: Engine) -> None:
    """Make and change tables where that is needed, once, however many processes want to.

    Raises:
        MigrationError: the database knows a revision that this code does not: it is newer.
    """
    if not is_up_to_date(engine):
        upgrade(engine)


def is_up_to_date(engine: Engine) -> bool:
    """Whether the last migration that this code has is the last that the database had."""
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        return False  # asking would make it, for everybody to read
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        revisions = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    return revisions == [last_revision()]


def last_revision() -> str:
    """The newest of the migrations that this code has."""
    return max(known_revisions())


def known_revisions() -> frozenset[str]:
    """The numbers that the names of this code's migrations begin with."""
    names = (path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    return frozenset(name.partition("_")[0] for name in names)


def upgrade(engine: Engine, revision: str = "heads") -> None:
    """Run the migrations that have not run yet, all of them or none.

    Raises:
        MigrationError: the database knows a revision that this code does not: it is newer.
    """
    _run(engine, "upgrade", revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Undo the migrations after a revision (``base``: all of them), for developers."""
    _run(engine, "downgrade", revision)


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration for a connection on which it shall work."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _run(engine: Engine, name: str, revision: str) -> None:
    from alembic import command
    from alembic.util import CommandError

    with _alone(engine) as connection:
        try:
            getattr(command, name)(configuration(connection), revision)
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
    with open(
        database.with_name(f"{database.name}{LOCK_ENDING}"), "w", opener=private_opener
    ) as lock:
        take_lock(lock.fileno())
        yield


def _write_ahead(connection: Connection) -> None:
    # Outside of any transaction, and not by several processes at once: SQLite would not wait.
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
