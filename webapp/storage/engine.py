"""How a database is spoken to: what SQLite and PostgreSQL have to be told to serve many at once."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

BUSY_SECONDS = 10  # for which SQLite waits for another process's writing, and a thread for the pool
CONNECT_SECONDS = 3  # after which a PostgreSQL that does not answer counts as away

LOCK_ENDING = ".lock"  # of the file beside SQLite's that keeps two processes from migrating it
WRITES = "net_writes"  # option of a connection: its transactions may change something

_POOL = {"pool_size": 5, "max_overflow": 15, "pool_timeout": BUSY_SECONDS, "pool_pre_ping": True}
_POSTGRESQL_ARGUMENTS = {
    "connect_timeout": CONNECT_SECONDS,
    "tcp_user_timeout": 1000 * BUSY_SECONDS,  # milliseconds
    "application_name": "net",
}


def make_engine(address: str) -> Engine:
    """Make an engine; it opens connections when they are first needed.

    Args:
        address: ``sqlite:///…`` or ``postgresql://…``, which is spoken to through psycopg 3.
    """
    url = _with_driver(make_url(address))
    engine = create_engine(
        url,
        connect_args=_arguments(url),
        json_serializer=partial(json.dumps, default=str, ensure_ascii=False),
        **_POOL,
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def files_of(address: str) -> list[Path]:
    """Name the file of a SQLite database and those beside it; none for a PostgreSQL.

    Args:
        address: as :func:`make_engine` takes it.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return []
    endings = ("", "-wal", "-shm", "-journal", LOCK_ENDING)
    return [Path(f"{url.database}{ending}").resolve() for ending in endings]


def _with_driver(url: URL) -> URL:
    is_postgresql = url.drivername in ("postgres", "postgresql")
    return url.set(drivername="postgresql+psycopg") if is_postgresql else url


def _arguments(url: URL) -> dict[str, object]:
    if url.get_backend_name() == "sqlite":
        return {"timeout": BUSY_SECONDS}
    return {name: value for name, value in _POSTGRESQL_ARGUMENTS.items() if name not in url.query}


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver would begin transactions too late, see below
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")  # safe with WAL: a crash corrupts nothing
    cursor.close()
    # SQLite's own knows the capitals of ASCII alone, so a search would not find "Đ" by "đ".
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: Any) -> str | None:
    return None if value is None else str(value).lower()


def _begin_sqlite(connection: Connection) -> None:
    # Who reads first and writes later fails at once when another wrote in between, without
    # waiting; a session that says at its beginning that it will write waits for its lock.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
