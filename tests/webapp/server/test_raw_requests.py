"""Raw requests to ours and to gunicorn's own worker: where each ends, and what is answered."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.server.raw_requests import CUT, STRICTER, Case, cases

pytestmark = pytest.mark.gunicorn

APP = ("--pythonpath", "tests/webapp/server", "echo_app:app")
STOCK = ("--config", "/dev/null", "--worker-class", "gthread", "--threads", "8", "--keep-alive",
         "20", "--no-control-socket")  # fmt: skip
CASES = list(cases())
Answers = list[tuple[int, bytes]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[Answers]]]:
    """By the server's name, what it answered to each case."""
    folder = tmp_path_factory.mktemp("servers")
    (folder / "ours").mkdir()
    (folder / "stock").mkdir()
    ours = GunicornServer(folder / "ours", *APP, NET_WORKERS=1)
    stock = GunicornServer(folder / "stock", *STOCK, "--bind", "127.0.0.1:0", *APP, NET_WORKERS=1)
    try:
        ours.wait_until(ours.is_up)
        stock.wait_until(lambda: "Booting worker" in stock.log)
        stock.port = int(re.search(r"127\.0\.0\.1:(\d+)", stock.log)[1])
        stock.wait_until(stock.is_up)
        with ThreadPoolExecutor(8) as pool:
            yield {
                name: list(pool.map(lambda case, server=server: _ask(server, case), CASES))
                for name, server in (("ours", ours), ("stock", stock))
            }
    finally:
        ours.stop()
        stock.stop()


def _ask(server: GunicornServer, case: Case) -> Answers:
    received = b""
    with server.connect() as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for piece in case.pieces:
                connection.sendall(piece)
                time.sleep(0.001)
            connection.shutdown(socket.SHUT_WR)
        except OSError:  # refused already
            pass
        while data := _receive(connection):
            received += data
    return _read(received)


def _receive(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65_536)
    except ConnectionResetError:
        return b""


def _read(received: bytes) -> Answers:
    """Each answer's status and, where it is no refusal, its body."""
    answers = []
    while received:
        head, _, received = received.partition(b"\r\n\r\n")
        status = int(head.split()[1])
        length = re.search(rb"(?i)content-length: (\d+)", head)
        size = int(length[1]) if length and not head_only(answers, received) else 0
        answers.append((status, received[:size] if status == 200 else b""))
        received = received[size:]
    return answers


def head_only(answers: Answers, rest: bytes) -> bool:
    """Whether the next answer comes at once, as it does behind that to HEAD."""
    return rest.startswith(b"HTTP/1.1 ")


def test_there_are_enough_cases() -> None:
    assert len(CASES) > 400
    assert len({case.pieces for case in CASES}) > 400
    assert {case.kind for case in CASES} >= STRICTER | CUT


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number].kind)
def test_what_is_sent_is_read_as_gunicorn_reads_it(
    answers: dict[str, list[Answers]], number: int
) -> None:
    kind = CASES[number].kind
    ours, stock = answers["ours"][number], answers["stock"][number]

    if kind in STRICTER:
        assert [status for status, _ in ours] == [400]
        assert [status for status, _ in stock][-1] == 200
    elif kind in CUT:
        assert ours == []
    else:
        assert ours == stock
