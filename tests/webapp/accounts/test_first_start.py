"""With a real gunicorn: what its first start prints, and paths as they come over the wire."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy.orm import Session

from tests.gunicorn_server import GunicornServer
from tests.postgresql_server import PostgresqlServer
from webapp.accounts import first_start
from webapp.accounts.users import count_users
from webapp.configuration import read_configuration
from webapp.storage.database import Database

pytestmark = pytest.mark.gunicorn

RAW_PATHS = [
    "/admin", "/admin/people", "//admin", "/%61dmin", "/x/../admin/people", "/static/%2e%2e/admin",
    "/admin%2fpeople", "/ADMIN", "/admin;x", "http://localhost/admin/people", "/admin/people#x",
]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GunicornServer]:
    """One that has just been started for the first time, and that nobody has signed in at."""
    folder = tmp_path_factory.mktemp("first")
    with GunicornServer(
        folder, is_first_start=True, NET_WORKERS=3, NET_MODELS_DIR=folder / "models"
    ) as server:
        yield server


def links(server: GunicornServer) -> list[str]:
    lines = [json.loads(line) for line in server.log.splitlines() if "/set-up/" in line]
    return [line["link"] for line in lines if "link" in line]


def test_the_first_start_prints_one_link_that_works(server: GunicornServer) -> None:
    (link,) = links(server)

    status, _, page = server.ask("GET", link.removeprefix(f"http://127.0.0.1:{server.port}"))

    assert status == 200
    assert "Make the first operator" in page.decode()


def test_of_servers_that_start_at_once_one_adds_the_first_operator(
    postgresql_server: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = read_configuration({"NET_ADMIN_PASSWORD": "correct horse battery"})
    address = postgresql_server.new_database()
    databases = [Database(address) for _ in range(2)]
    databases[0].prepare()
    both_have_counted = Barrier(2, timeout=1)

    def count_and_wait(session: Session) -> int:
        counted = count_users(session)
        with suppress(BrokenBarrierError):
            both_have_counted.wait()
        return counted

    monkeypatch.setattr(first_start, "count_users", count_and_wait)
    with ThreadPoolExecutor(2) as servers:
        starts = [
            servers.submit(first_start.open_the_first_way_in, database, configuration, "")
            for database in databases
        ]

    assert [start.exception() for start in starts] == [None, None]
    with databases[0].reading() as session:
        assert count_users(session) == 1
    for database in databases:
        database.close()


def test_making_the_tables_is_not_told_line_by_line(server: GunicornServer) -> None:
    assert links(server)  # so the tables are made

    assert "alembic" not in server.log


def test_nothing_of_the_admin_comes_over_the_wire_without_a_session(server: GunicornServer) -> None:
    statuses = {path: _ask_raw(server, path) for path in RAW_PATHS}

    assert set(statuses.values()) == {302}, statuses


def _ask_raw(server: GunicornServer, path: str) -> int:
    with server.connect() as connection:
        request = (
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close"
        )
        connection.sendall(f"{request}\r\n\r\n".encode())
        answer = connection.makefile("rb").read().decode()
    status = int(answer.split()[1])
    assert status != 302 or re.search(r"\r\nLocation: /sign-in\?next=", answer), answer
    return status
