"""A real PostgreSQL on loopback, in a folder of its own, for as long as the tests run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

from trainer.search.storage import Storage

PASSWORD = "s3cret {%} /@:"  # every character that an address would have to escape
# What a worker decides is the same on every database; what workers do together is tried on both.
on_a_file = pytest.mark.parametrize("storage_url", ["file"], indirect=True)
_RUN_BY = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


@pytest.fixture(scope="session")
def postgresql_port() -> Iterator[int]:
    """The port of a server whose user ``tester`` has ``PASSWORD``."""
    programs = _programs()
    if programs is None:
        pytest.skip("needs PostgreSQL's server programs (initdb and postgres)")
    # Not under pytest's own folder, which other users may not enter.
    with tempfile.TemporaryDirectory(prefix="net-postgresql-") as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD, "utf-8")
        _give_to_server(folder)
        _initialise(programs / "initdb", folder)
        port = _free_port()
        server = _start(programs / "postgres", folder, port)
        try:
            _wait_for(server, port)
            yield port
        finally:
            server.send_signal(signal.SIGQUIT)  # nothing in it is worth saving
            server.wait(timeout=30)


@pytest.fixture
def database_url(postgresql_port: int) -> str:
    """The address, password included, of an empty database."""
    with _connect(postgresql_port) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    url = URL.create("postgresql", "tester", PASSWORD, "127.0.0.1", postgresql_port, "postgres")
    return url.render_as_string(hide_password=False)


@pytest.fixture(params=["file", "postgresql"])
def storage_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'study.db'}"
    return str(request.getfixturevalue("database_url"))


@pytest.fixture
def open_storage(storage_url: str) -> Iterator[Callable[[], Storage]]:
    """Opens the same database once more, as another process would."""
    opened: list[Storage] = []

    def open_it() -> Storage:
        opened.append(Storage(storage_url))
        return opened[-1]

    yield open_it
    for storage in opened:
        storage.close()


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _give_to_server(folder: Path) -> None:
    if _RUN_BY:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "postgres", "postgres")


def _initialise(initdb: Path, folder: Path) -> None:
    subprocess.run(
        [initdb, "-D", folder / "data", "-U", "tester", "--pwfile", folder / "password",
         "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"],
        check=True, capture_output=True, cwd=folder, **_RUN_BY,
    )  # fmt: skip


def _start(postgres: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [postgres, "-D", folder / "data", "-p", str(port), *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **_RUN_BY,
    )  # fmt: skip


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        assert server.poll() is None
        assert time.monotonic() < deadline
        try:
            _connect(port).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return


def _connect(port: int) -> psycopg.Connection:
    return psycopg.connect(
        host="127.0.0.1", port=port, user="tester", password=PASSWORD, dbname="postgres",
        autocommit=True,
    )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
