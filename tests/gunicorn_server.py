"""A real gunicorn with this repository's configuration, for tests."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from typing_extensions import Self

from tests import made_once

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60  # for what happens in a moment on an idle machine
LONGEST_PAUSE = 0.5  # seconds between two looks: who is looked at needs the processor


class GunicornServer:
    """A gunicorn on a free port of this machine; its log is a file.

    In a ``with`` block it is up from the beginning on, and stopped at the end.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        command: Sequence[str] = (sys.executable, "-m", "gunicorn"),
        is_first_start: bool = False,
        **settings: object,
    ) -> None:
        """Start one.

        Args:
            folder: of the log and, unless the settings name another, of the instance.
            arguments: behind the command.
            command: that starts it.
            is_first_start: whether it has to make its database; else one is there.
            settings: that it gets as its environment.
        """
        self.log_file = folder / "gunicorn.log"
        self.port = _free_port()
        inherited = {
            key: value for key, value in os.environ.items() if not re.search("NET_|ORT_", key)
        }
        defaults = {"NET_LOG_FORMAT": "json", "NET_WORKERS": 2, "TMPDIR": folder}
        defaults["NET_INSTANCE_DIR"] = folder / "instance"
        ours = {"PORT": self.port, **defaults, **settings}
        if not is_first_start and not {"NET_INSTANCE_DIR", "NET_DATABASE_URL"} & set(settings):
            made_once.copy_migrated(folder / "instance" / "net.sqlite3")
        self._workers = ours["NET_WORKERS"]
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *arguments],
                cwd=ROOT,
                env=inherited | {key: str(value) for key, value in ours.items()},
                stdout=log,
                stderr=log,
            )

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.callback(self._stop_if_alive)
            self.wait_until(self.is_up)
            stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop_if_alive()

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8")

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def ask(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask on a connection of its own; the status, headers and body of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def is_up(self) -> bool:
        assert self.process.poll() is None, self.log
        # gunicorn loses a signal to stop that reaches a worker before it has started.
        if self.log.count("Booting worker") < self._workers:
            return False
        try:
            return self.ask("GET", "/livez")[0] < 500
        except OSError:
            return False

    def wait_until(self, condition: Callable[[], bool]) -> None:
        deadline, pause = time.monotonic() + PATIENCE_SECONDS, 0.05
        while not condition():
            assert time.monotonic() < deadline, self.log
            time.sleep(pause)
            pause = min(1.2 * pause, LONGEST_PAUSE)

    def stop(self) -> int:
        """Stop as an operator does; the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)

    def _stop_if_alive(self) -> None:
        if self.process.poll() is None:
            self.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
