"""A database's content as one file, and back: taken at one moment, put back as a whole.

SQLite is copied by its own online back-up, PostgreSQL by pg_dump; servers go on meanwhile.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from webapp.maintenance.errors import MaintenanceError
from webapp.storage.catalogue import all_tables
from webapp.storage.engine import LOCK_ENDING, files_of

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_BUSY_SECONDS = 30
_PAGES = 2000  # copied at a time; between them others may write
_VERSION_TABLE = "alembic_version"


def kind_of(address: str) -> str:
    """``sqlite`` or ``postgresql``."""
    return SQLITE if address.startswith("sqlite") else POSTGRESQL


def exists(address: str) -> bool:
    """Say whether there is a database to copy; a PostgreSQL that is away has one all the same."""
    return kind_of(address) == POSTGRESQL or _path_of(address).is_file()


def remove(address: str) -> None:
    """Remove a SQLite database that was not there before."""
    for path in files_of(address):
        if path.suffix != LOCK_ENDING:  # whoever waits for it would hold the lock of no file
            path.unlink(missing_ok=True)


def revision_of(kind: str, copy: Path) -> str:
    """The last migration that a copied database had; empty where it had none.

    Raises:
        MaintenanceError: the copy cannot be read.
    """
    if kind == POSTGRESQL:
        table = f"--table={_VERSION_TABLE}"
        listing = _run(["pg_restore", "--data-only", table, "--file=-", str(copy)], None)
        found = re.search(r"^COPY .*\n(\S+)\n", listing, re.MULTILINE)
        return found[1].strip("\\.") if found else ""
    try:
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as database:
            row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:  # no such table
        return ""
    except sqlite3.Error as error:
        raise MaintenanceError(f"the database in the back-up cannot be read: {error}") from error
    return str(row[0]) if row else ""


def save(address: str, target: Path) -> None:
    """Copy the database, as it is at one moment, into a file that nobody else may read.

    Raises:
        MaintenanceError: the database does not answer, or pg_dump is missing or too old.
    """
    if kind_of(address) == SQLITE:
        _copy_sqlite(_path_of(address), target)
    else:
        target.touch(mode=0o600)
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges",
              f"--file={target}"], make_url(address))  # fmt: skip


def put_back(address: str, source: Path) -> None:
    """Make the database what it was when the file was saved: all of it, or nothing changes.

    Raises:
        MaintenanceError: the file cannot be copied, or the database does not take it.
    """
    if kind_of(address) == SQLITE:
        target = _path_of(address)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy_sqlite(source, target)
    else:
        _put_back_postgresql(make_url(address), source)


def _copy_sqlite(source: Path, target: Path) -> None:
    # Into a database that is open elsewhere, too: it is one transaction of SQLite's own.
    if not source.is_file():
        raise MaintenanceError(f"there is no database: {source} is missing.")
    target.touch(mode=0o600)  # before SQLite makes it for everybody to read
    try:
        with (
            closing(sqlite3.connect(source, timeout=_BUSY_SECONDS)) as old,
            closing(sqlite3.connect(target, timeout=_BUSY_SECONDS)) as new,
        ):
            old.backup(new, pages=_PAGES)
    except sqlite3.Error as error:
        raise MaintenanceError(f"{source} cannot be copied to {target}: {error}") from error


def _put_back_postgresql(url: URL, source: Path) -> None:
    clearing, listing = source.with_suffix(".clear.sql"), source.with_suffix(".sql")
    # Tables that later migrations made are not in the dump, and would be in the way of an upgrade.
    tables = [*all_tables().tables, _VERSION_TABLE]
    statements = "".join(f'DROP TABLE IF EXISTS "{table}" CASCADE;\n' for table in tables)
    _run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges",
          f"--file={listing}", str(source)], None)  # fmt: skip
    clearing.write_text(statements, "utf-8")
    _run(["psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
          "--output=/dev/null", f"--file={clearing}", f"--file={listing}"], url)  # fmt: skip


def _run(command: Sequence[str], url: URL | None) -> str:
    """Run one of PostgreSQL's programs; a password stays out of the list of processes.

    Returns:
        what it prints.
    """
    program = shutil.which(command[0])
    if program is None:
        raise MaintenanceError(f"{command[0]} is missing: install the package postgresql-client.")
    environment = dict(os.environ)
    arguments = list(command[1:])
    if url is not None:
        plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database,
                           url.query)  # fmt: skip
        arguments.append("--no-password")  # nobody is asked for one
        arguments.append(f"--dbname={plain.render_as_string(hide_password=False)}")
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
    result = subprocess.run(
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise MaintenanceError(f"{command[0]} failed: {result.stderr.strip()[-2000:]}")
    return result.stdout


def _path_of(address: str) -> Path:
    return Path(str(make_url(address).database))
