"""Many clients at once: every answer is taken whole, and whatever is no success is an error."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.serving.load import LoadError, load, request

Start = Callable[[int, int], tuple[int, list[bytes]]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a server that answers with a status and so many bytes; its port and what it got."""
    servers: list[ThreadingHTTPServer] = []

    def start(status: int, size: int) -> tuple[int, list[bytes]]:
        got: list[bytes] = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                got.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(status)
                self.send_header("Content-Length", str(size))
                self.end_headers()
                self.wfile.write(b"x" * size)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1], got

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("size", [0, 2, 300_000])
def test_every_client_asks_again_as_soon_as_it_was_answered(start: Start, size: int) -> None:
    port, got = start(200, size)

    answers = load(port, [request("/", b"one"), request("/", b"two")], clients=3, seconds=0.3)

    assert set(got) == {b"one", b"two"}
    assert 0 < len(answers.milliseconds) <= len(got)
    assert len(got) - len(answers.milliseconds) <= 3  # what was open at the end
    assert all(one > 0 for one in answers.milliseconds)


def test_an_answer_that_is_no_success_ends_the_measurement(start: Start) -> None:
    port, _ = start(503, 0)

    with pytest.raises(LoadError, match="503"):
        load(port, [request("/", b"")], clients=1, seconds=5)
