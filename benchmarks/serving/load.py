"""Ask an HTTP server as many clients at once, each as soon as it was answered, with wrk.

wrk (https://github.com/wg/wrk, Debian's package ``wrk``) is written in C: a generator of load in
Python was itself the limit of what it measured.  What is asked is for the callers; each drawing is
changed a little whenever it is sent, so that none comes twice.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SILENCE_SECONDS = 60.0  # for one answer, after which a measurement fails
_SCRIPT = Path(__file__).with_name("changing.lua")
_THREADS = 2  # of wrk, at most
_DIGITS = 14  # that the script puts in for each mark
_FIRST_X = re.compile(rb'("x": ?\[ ?-?[0-9]+)(?:\.[0-9]+)?(?=[,\] ])')  # of each stroke


class LoadError(Exception):
    """A server answered something else than it should, or nothing."""


@dataclass(frozen=True)
class Request:
    """A POST with JSON."""

    path: str
    body: bytes

    def template(self) -> bytes:
        """The whole request, with a mark in the place of the decimals of each stroke's first x."""
        body = _FIRST_X.sub(rb"\1." + b"\2", self.body)
        length = len(body) + body.count(b"\2") * (_DIGITS - 1)
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {length}\r\n\r\n"
        )
        return head.encode("ascii") + body


@dataclass(frozen=True)
class Answers:
    """What came back in one measurement.

    Attributes:
        seconds: that were measured.
        answered: how many requests.
        milliseconds: from a question to its answer, that 50, 95 and 99 of 100 do not exceed.
    """

    seconds: float
    answered: int
    milliseconds: tuple[float, float, float]


def load(port: int, requests: Sequence[Request], clients: int, seconds: float) -> Answers:
    """Ask for so long, each client as soon as it was answered.

    Args:
        port: of a server on this machine.
        requests: what is asked, in turn.
        clients: connections that ask at the same time.
        seconds: that are measured, at least one.

    Raises:
        LoadError: wrk is not there, or the server answered no success, or nothing at all.
    """
    program = shutil.which("wrk")
    if program is None:
        raise LoadError("wrk, which makes the load, is not installed (Debian: apt install wrk)")
    with tempfile.NamedTemporaryFile(prefix="net-wrk-") as file:
        file.write(b"\1".join([request.template() for request in requests]))
        file.flush()
        command = [program, f"--threads={min(_THREADS, clients)}", f"--connections={clients}",
                   f"--duration={max(1, round(seconds))}s", f"--timeout={SILENCE_SECONDS:.0f}s",
                   f"--script={_SCRIPT}", f"http://127.0.0.1:{port}/", "--", file.name]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return _read(done.stdout, done.stderr)


def ask_once(port: int, request: Request) -> bytes:
    """The body of the answer to one request as it is, on a connection of its own.

    Raises:
        LoadError: the answer is no success.
        OSError: nobody listens.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SILENCE_SECONDS)
    try:
        headers = {"Content-Type": "application/json"}
        connection.request("POST", request.path, request.body, headers)
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise LoadError(f"answered with {answer.status}")
        return answer.read()
    except http.client.HTTPException as error:
        raise LoadError(f"the answer is no HTTP: {error!r}") from error
    finally:
        connection.close()


def _read(written: str, complaint: str) -> Answers:
    line = written.rstrip().rpartition("\n")[2]
    if not line.startswith("{"):
        raise LoadError(f"wrk says: {complaint.strip() or written.strip() or 'nothing'}")
    figures = json.loads(line)
    if figures["refused"] or figures["broken"] or not figures["answered"]:
        raise LoadError(
            f"of {figures['answered']} answers {figures['refused']} were no success, and "
            f"{figures['broken']} connections broke"
        )
    p50, p95, p99 = figures["milliseconds"]
    return Answers(figures["seconds"], figures["answered"], (p50, p95, p99))
