"""A server of our own on loopback, for every benchmark: started, asked what it uses, stopped."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from benchmarks.serving.load import LoadError, Request, ask_once
from webapp.configuration import REPOSITORY

START_SECONDS = 120.0  # until a server must be ready
LOG_FILE = "server.log"
_TICKS = os.sysconf("SC_CLK_TCK")

IsReady = Callable[[int], bool]  # of a port; may raise OSError while nothing listens there


class Server:
    """A master and its workers.

    Attributes:
        port: on loopback.
        process: the master.
        seconds_to_ready: from the start of the process until it was ready.
    """

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port
        self.seconds_to_ready = 0.0

    def workers(self) -> list[int]:
        """The process numbers of those that answer."""
        return _children(self.process.pid)

    def cpu_seconds(self) -> float:
        """What all its processes have computed for so far."""
        return sum(_cpu_seconds(number) for number in _family(self.process.pid))

    def memory_bytes(self) -> int:
        """What all its processes hold, each shared page counted once (PSS)."""
        return sum(_pss(number) for number in _family(self.process.pid))

    def wait_until(self, is_ready: IsReady) -> None:
        """Ask until it is ready.

        Raises:
            LoadError: the server ended, or is not ready within ``START_SECONDS``.
        """
        begun = time.perf_counter()
        while time.perf_counter() - begun < START_SECONDS:
            if self.process.poll() is not None:
                raise LoadError(f"the server has ended with status {self.process.returncode}")
            with suppress(OSError):
                if is_ready(self.port):
                    return
            time.sleep(0.002)
        raise LoadError(f"not ready within {START_SECONDS:g} s")


def answers(path: str, body: bytes, text: str) -> IsReady:
    """Whether a server answers a question rightly.

    Args:
        path: of the request.
        body: of the request, JSON.
        text: the right ``text`` of the answer; any is right, where this is empty.
    """
    request = Request(path, body)
    return lambda port: text in ("", json.loads(ask_once(port, request)).get("text"))


def says_ready(port: int) -> bool:
    """Whether ``/readyz`` says so."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    finally:
        connection.close()


@contextmanager
def running(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    is_ready: IsReady,
    program: str = "gunicorn",
    folder: Path | None = None,
) -> Iterator[Server]:
    """Run a server until the block ends; it is ready when the block begins.

    Args:
        arguments: of the program, without the address.
        environment: added to our own.
        is_ready: what to ask it before the block begins.
        program: ``gunicorn`` or ``uvicorn``.
        folder: an empty one, for what the server keeps and for its log; default: one that is
            removed at the end.

    Raises:
        LoadError: it does not start; what it has written is part of the message.
    """
    port = _free_port()
    address = {
        "gunicorn": ["--bind", f"127.0.0.1:{port}"],
        "uvicorn": ["--host", "127.0.0.1", "--port", str(port)],
    }
    command = [sys.executable, "-m", program, *arguments, *address[program]]
    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="net-benchmark-")))
        variables = {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "",  # an installed app starts from its bytecode
            "NET_INSTANCE_DIR": str(folder / "instance"),
            **environment,
        }
        begun = time.perf_counter()
        with (folder / LOG_FILE).open("wb") as log:
            process = subprocess.Popen(
                command, cwd=REPOSITORY, env=variables, stdout=log, stderr=log
            )
        server = Server(process, port)
        try:
            server.wait_until(is_ready)
            server.seconds_to_ready = time.perf_counter() - begun
            yield server
        except LoadError as error:
            written = (folder / LOG_FILE).read_text("utf-8", errors="replace")[-2000:]
            raise LoadError(f"{error}\n{' '.join(command)} wrote at last:\n{written}") from error
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


@contextmanager
def serving(workers: int, folder: Path | None = None, **settings: object) -> Iterator[Server]:
    """Run the web app as this repository serves it, without a limit for each client.

    Args:
        workers: how many processes answer.
        folder: an empty one, for what the server keeps and for its log; default: one that is
            removed at the end.
        settings: further environment variables.

    Raises:
        LoadError: it does not start, as where no run is served.
    """
    ours = {
        "NET_WORKERS": workers,
        "NET_LOG_LEVEL": "error",
        "NET_PREDICTIONS_A_MINUTE": 0,
        "NET_CORRECTIONS_A_MINUTE": 0,
        **settings,
    }
    environment = {name: str(value) for name, value in ours.items()}
    with running((), environment, says_ready, folder=folder) as server:
        yield server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(number: int) -> list[int]:
    tasks = list(Path(f"/proc/{number}/task").iterdir())
    return [int(one) for task in tasks for one in (task / "children").read_text().split()]


def _family(number: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        children = _children(number)
    except OSError:  # it has just ended
        return []
    return [number, *(one for child in children for one in _family(child))]


def _cpu_seconds(number: int) -> float:
    # The name in parentheses may hold anything, so the fields are counted behind it.
    fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _pss(number: int) -> int:
    for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise LoadError(f"the system does not tell the memory of process {number}")
