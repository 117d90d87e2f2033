"""With a real gunicorn: what its first start prints, and paths as they come over the wire."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gunicorn_server import GunicornServer

pytestmark = pytest.mark.gunicorn

RAW_PATHS = [
    "/admin", "/admin/people", "//admin", "/%61dmin", "/x/../admin/people", "/static/%2e%2e/admin",
    "/admin%2fpeople", "/ADMIN", "/admin;x", "http://localhost/admin/people", "/admin/people#x",
]  # fmt: skip


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GunicornServer]:
    server = GunicornServer(tmp_path, NET_WORKERS=3, NET_MODELS_DIR=tmp_path / "models")
    server.wait_until(server.is_up)
    yield server
    if server.process.poll() is None:
        server.stop()


def links(server: GunicornServer) -> list[str]:
    lines = [json.loads(line) for line in server.log.splitlines() if "/set-up/" in line]
    return [line["link"] for line in lines if "link" in line]


def test_the_first_start_prints_one_link_that_works(server: GunicornServer) -> None:
    (link,) = links(server)

    status, _, page = server.ask("GET", link.removeprefix(f"http://127.0.0.1:{server.port}"))

    assert status == 200
    assert "Make the first operator" in page.decode()


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
