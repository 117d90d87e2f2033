"""A real server that speaks S3 (moto's) on loopback, for tests; what it holds ends with it."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUCKET = "released"


class S3Server:
    """A server with one bucket, that is started, stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "s3.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.address = f"s3://{BUCKET}/net"
        self.environment = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": "somebody",
            "AWS_SECRET_ACCESS_KEY": "a secret",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def start(self) -> None:
        """Start, empty, and wait until it answers."""
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                break
            except OSError:
                assert self._process.poll() is None, self._log.read_text("utf-8")
                assert time.monotonic() < deadline
                time.sleep(0.05)
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        asking.request("PUT", f"/{BUCKET}")  # as a client of S3 makes a bucket; moto knows nobody
        assert asking.getresponse().status == 200
        asking.close()

    def stop(self) -> None:
        """Be away at once."""
        self._process.kill()
        self._process.wait(timeout=30)


@contextmanager
def running_s3_server(folder: Path) -> Iterator[S3Server]:
    """A server for a block."""
    server = S3Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
