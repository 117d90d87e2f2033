"""A real PostgreSQL on loopback, in a folder of its own, for tests."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

from webapp.storage import migration
from webapp.storage.database import Database

USER = "tester"
PASSWORD = "s3cret {%} /@:"  # every character that an address would have to escape
_RUN_BY: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


class PostgresqlServer:
    """A cluster that is started, stopped, and asked for empty databases."""

    def __init__(self, programs: Path, folder: Path) -> None:
        """Make the cluster.

        Args:
            programs: the folder of ``initdb`` and ``postgres``.
            folder: an empty one, which the user postgres may enter.
        """
        self._programs = programs
        self._folder = folder
        self._numbers = itertools.count(1)
        self._has_migrated = False
        self.port = _free_port()
        (folder / "password").write_text(PASSWORD, "utf-8")
        if _RUN_BY:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, "postgres", "postgres")
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", USER, "--pwfile",
             folder / "password", "--auth", "scram-sha-256", "--encoding", "UTF8",
             "--locale", "C", "--no-sync"],
            check=True, capture_output=True, cwd=folder, **_RUN_BY,
        )  # fmt: skip

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            [self._programs / "postgres", "-D", self._folder / "data", "-p", str(self.port),
             *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._folder, **_RUN_BY,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None, "PostgreSQL has ended"
            assert time.monotonic() < deadline, "PostgreSQL does not answer"
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop at once, whoever is connected, as a crash would."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(timeout=30)

    def new_database(self, template: str = "template1") -> str:
        """The address, password included, of a new database, empty or as its template."""
        name = f"test_{next(self._numbers)}"
        self._make(name, template)
        return self._address(name)

    def migrated_database(self) -> str:
        """The address of a new database that is up to date."""
        if not self._has_migrated:
            self._make("migrated", "template1")
            database = Database(self._address("migrated"), migration.upgrade)
            database.prepare()
            database.close()
            self._has_migrated = True
        return self.new_database("migrated")

    def _make(self, name: str, template: str) -> None:
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]

    def _address(self, name: str) -> str:
        url = URL.create("postgresql", USER, PASSWORD, "127.0.0.1", self.port, name)
        return url.render_as_string(hide_password=False)

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, dbname="postgres",
            autocommit=True,
        )  # fmt: skip


def find_programs() -> Path | None:
    """The folder of PostgreSQL's server programs, where they are installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
