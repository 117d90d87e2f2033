"""A gunicorn of our own on loopback: started, asked how much it uses, and stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving.load import LoadError, Request, ask_once
from webapp.configuration import REPOSITORY

START_SECONDS = 120.0  # until a server must have answered right
_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A master and its workers.

    Attributes:
        port: on loopback.
        first_answer_seconds: from the start of the process to the first right answer.
    """

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self.port = port
        self.first_answer_seconds = 0.0

    def cpu_seconds(self) -> float:
        """What all its processes have computed for so far."""
        return sum(_cpu_seconds(number) for number in self._processes())

    def memory_bytes(self) -> int:
        """What all its processes hold, each shared page counted once (PSS)."""
        return sum(_pss(number) for number in self._processes())

    def wait_for_answer(self, path: str, body: bytes, text: str) -> None:
        """Ask until the answer's ``text`` is right; any is, where that is empty.

        Raises:
            LoadError: the server ended, or has not answered right within ``START_SECONDS``.
        """
        begun = time.perf_counter()
        while time.perf_counter() - begun < START_SECONDS:
            if self._process.poll() is not None:
                raise LoadError(f"the server has ended with status {self._process.returncode}")
            try:
                answer = ask_once(self.port, Request(path, body))
            except OSError:
                time.sleep(0.002)
                continue
            if text in ("", json.loads(answer).get("text")):
                return
        raise LoadError(f"no right answer within {START_SECONDS:g} s")

    def _processes(self) -> list[int]:
        return _family(self._process.pid)


@contextmanager
def running(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    question: tuple[str, bytes, str],
    program: str = "gunicorn",
) -> Iterator[Server]:
    """Run a server until the block ends; it has answered right when the block begins.

    Args:
        arguments: of the program, without the address.
        environment: added to our own.
        question: path and body of a request, and the text that answers it.
        program: ``gunicorn`` or ``uvicorn``.

    Raises:
        LoadError: it does not start; what it has written is part of the message.
    """
    port = _free_port()
    address = {
        "gunicorn": ["--bind", f"127.0.0.1:{port}"],
        "uvicorn": ["--host", "127.0.0.1", "--port", str(port)],
    }
    command = [sys.executable, "-m", program, *arguments, *address[program]]
    with tempfile.TemporaryDirectory(prefix="net-serving-") as name:
        folder = Path(name)
        variables = {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "",  # an installed app starts from its bytecode
            "NET_INSTANCE_DIR": str(folder / "instance"),
            **environment,
        }
        with (folder / "log").open("wb") as log:
            begun = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=REPOSITORY, env=variables, stdout=log, stderr=log
            )
        server = Server(process, port)
        try:
            server.wait_for_answer(*question)
            server.first_answer_seconds = time.perf_counter() - begun
            yield server
        except LoadError as error:
            written = (folder / "log").read_text("utf-8", errors="replace")[-2000:]
            raise LoadError(f"{error}\n{' '.join(command)} wrote at last:\n{written}") from error
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(number: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        tasks = list(Path(f"/proc/{number}/task").iterdir())
        children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
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
