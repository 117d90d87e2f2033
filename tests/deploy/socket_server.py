"""A gunicorn that listens at a Unix socket, as behind nginx; systemd may hold the socket."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.gunicorn_server import ROOT, GunicornServer


class SocketServer(GunicornServer):
    """Listens at ``path`` for nginx and, for the test's own questions, at a port."""

    def __init__(self, folder: Path, path: Path, **settings: object) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        bind = {"PORT": port, "NET_BIND": f"unix:{path},127.0.0.1:{port}"}
        super().__init__(folder, **{**bind, **settings})
        self.port = port


def start_with_held_socket(
    held: socket.socket,
    log: Path,
    environment: dict[str, str],
    program: Sequence[str] = (sys.executable, "-m", "gunicorn"),
    folder: Path = ROOT,
) -> subprocess.Popen[bytes]:
    """Start gunicorn as systemd does: the listening socket is its third descriptor."""
    command = ["sh", "-c", 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"', "sh", *program]
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
            pass_fds=(3,),
            preexec_fn=lambda: os.dup2(held.fileno(), 3),
        )
