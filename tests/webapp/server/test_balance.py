from __future__ import annotations

import os
import signal
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.faults.conftest import workers_of
from tests.webapp.server.test_dynamic_batching import APP

pytestmark = pytest.mark.gunicorn


def test_connections_come_to_the_worker_that_has_fewer_while_it_lives(
    tmp_path: Path, released_models: Path
) -> None:
    with (
        GunicornServer(tmp_path, *APP, NET_MODELS_DIR=released_models) as server,
        ExitStack() as kept,
    ):
        workers = workers_of(server)
        # Whoever asked whether the server is up has gone by then.
        server.wait_until(lambda: len(set(map(_sockets, workers))) == 1)

        def connect(times: int) -> list[int]:
            """How many of so many connections each worker takes."""
            before = [_sockets(pid) for pid in workers]
            for _ in range(times):
                connection = socket.create_connection(("127.0.0.1", server.port), timeout=60)
                kept.enter_context(connection).sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
                assert connection.recv(1)
            return [_sockets(pid) - count for pid, count in zip(workers, before, strict=True)]

        for stopped, other in ((0, 1), (1, 0)):
            os.kill(workers[stopped], signal.SIGSTOP)
            while_one_is_stopped = connect(10)
            os.kill(workers[stopped], signal.SIGCONT)
            after = connect(10)

            assert while_one_is_stopped[other] == 10
            assert after[stopped] >= 7  # who is not let run in time loses some


def _sockets(pid: int) -> int:
    count = 0
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            count += os.readlink(file).startswith("socket:")
    return count
