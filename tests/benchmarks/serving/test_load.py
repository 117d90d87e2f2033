"""Many clients at once: every answer is taken whole, and whatever is no success is an error."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.serving import load as load_module
from benchmarks.serving.load import LoadError, Request, ask_once, load
from recognizer.batches import parse_drawings

needs_wrk = pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
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


ROWS = [{"x": [1, 2], "y": [3, 4]}, {"x": [-5.25], "y": [6]}]
BATCH = json.dumps({"drawings": [{"strokes": ROWS}, {"strokes": ROWS[:1]}]}).encode()


@needs_wrk
def test_every_drawing_is_sent_changed_a_little_and_never_twice(start: Start) -> None:
    port, got = start(200, 2)

    answers = load(port, [Request("/", BATCH)], clients=3, seconds=1)

    sent = [parse_drawings(body) for body in got]
    for place, x in ((0, 1), (1, -5)):
        first = [abs(drawings[0].strokes[place].points[0, 0]) for drawings in sent]
        assert all(abs(x) <= one < abs(x) + 1 for one in first)
        assert len(set(first)) == len(first)
    assert 0 <= len(got) - answers.answered <= 3  # what was open at the end
    assert 0 < answers.milliseconds[0] <= answers.milliseconds[2]


@needs_wrk
def test_an_answer_that_is_no_success_fails_the_measurement(start: Start) -> None:
    port, _ = start(503, 0)

    with pytest.raises(LoadError, match="were no success"):
        load(port, [Request("/", b"")], clients=1, seconds=1)


def test_a_machine_without_wrk_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_module.shutil, "which", lambda _: None)

    with pytest.raises(LoadError, match="wrk, which makes the load, is not installed"):
        load(1, [], clients=1, seconds=1)


def test_one_question_is_asked_as_it_is(start: Start) -> None:
    port, got = start(200, 3)

    assert ask_once(port, Request("/", BATCH)) == b"xxx"
    assert got == [BATCH]
