"""Those who send half a request and wait, or do not close, and what the others notice of it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from benchmarks.slow_senders import HEAD, KINDS
from tests.gunicorn_server import GunicornServer
from tests.webapp.faults.crowd import PREDICTIONS

pytestmark = pytest.mark.gunicorn

HELD_OPEN = 50
THREADS = 4  # far fewer than are held open
FORM = (
    b"POST /api/v1/predictions/image HTTP/1.1\r\nHost: x\r\n"
    b"Content-Type: multipart/form-data; boundary=cut\r\n"
)


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, released_models: Path
) -> Iterator[GunicornServer]:
    """One worker with few threads, which waits an hour for those who send slowly."""
    with GunicornServer(
        tmp_path_factory.mktemp("server"),
        NET_MODELS_DIR=released_models,
        NET_WORKERS=1,
        NET_THREADS=THREADS,
        NET_REQUEST_SECONDS=3600,
        NET_WAITING_SECONDS=3600,
    ) as server:
        yield server


@pytest.mark.parametrize("sent", KINDS.values(), ids=KINDS)
def test_whatever_is_held_open_the_others_are_answered(
    server: GunicornServer, seven: dict[str, Any], sent: bytes
) -> None:
    with ExitStack() as held:
        for _ in range(HELD_OPEN):
            held.enter_context(server.connect()).sendall(sent)
        statuses = {server.ask("POST", PREDICTIONS, seven)[0] for _ in range(5)}

    assert statuses == {200}


def test_half_requests_without_end_make_room_for_a_whole_one(
    tmp_path: Path, released_models: Path, seven: dict[str, Any]
) -> None:
    server = GunicornServer(
        tmp_path, "--worker-connections", "40", NET_MODELS_DIR=released_models, NET_WORKERS=1,
        NET_REQUEST_SECONDS=3600,
    )  # fmt: skip
    server.wait_until(server.is_up)
    with ExitStack() as held:
        for _ in range(80):
            held.enter_context(server.connect()).sendall(HEAD)

        statuses = {server.ask("POST", PREDICTIONS, seven)[0] for _ in range(5)}

    server.stop()
    assert statuses == {200}


def test_unfinished_pictures_take_no_more_memory_than_a_worker_has_for_them(
    server: GunicornServer, seven: dict[str, Any]
) -> None:
    before = _memory_of(server)
    part = FORM + b"Content-Length: 9000000\r\n\r\n" + bytes(8_000_000)

    with ExitStack() as held:
        for _ in range(40):
            connection = held.enter_context(server.connect())
            try:
                connection.sendall(part)
            except OSError:  # told to come again, in the middle of it
                continue
        status = server.ask("POST", PREDICTIONS, seven)[0]
        grown = _memory_of(server) - before

    assert status == 200
    assert grown < 200_000_000


def test_who_is_let_go_for_want_of_memory_is_told_so(server: GunicornServer) -> None:
    part = FORM + b"Content-Length: 9000000\r\n\r\n" + bytes(8_000_000)

    with ExitStack() as held:
        connections = [held.enter_context(server.connect()) for _ in range(12)]
        for connection in connections:
            connection.sendall(part)
        answer = http.client.HTTPResponse(connections[0])
        answer.begin()

    assert answer.status == 503
    assert answer.getheader("Retry-After")
    assert answer.getheader("Content-Type") == "application/problem+json"


def _memory_of(server: GunicornServer) -> int:
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    (pid,) = children.split()
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) * 1024
