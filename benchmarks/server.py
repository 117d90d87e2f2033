"""A real gunicorn with this repository's configuration, for benchmarks of load and of faults."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from webapp.configuration import REPOSITORY

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """One that answers at ``port`` of this machine."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The process numbers of those that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]


@contextmanager
def serving(folder: Path, workers: int, **settings: object) -> Iterator[Server]:
    """Start a server, without a limit for each client, and stop it at the end.

    Args:
        folder: an empty one, for what the server keeps and for its log.
        workers: how many processes answer.
        settings: further environment variables.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    ours = {
        "PORT": port,
        "NET_BIND": "",
        "NET_WORKERS": workers,
        "NET_INSTANCE_DIR": folder / "instance",
        "NET_LOG_LEVEL": "error",
        "NET_PREDICTIONS_A_MINUTE": 0,
        "NET_CORRECTIONS_A_MINUTE": 0,
        **settings,
    }
    environment = {**os.environ, **{name: str(value) for name, value in ours.items()}}
    command = [sys.executable, "-m", "gunicorn"]
    with (folder / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_ready(port, process, folder)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    sys.exit("gunicorn does not start; is a run served?\n" + (folder / "gunicorn.log").read_text())
