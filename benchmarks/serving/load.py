"""Ask an HTTP server as many clients at once, each as soon as it was answered, from one thread.

Plain sockets in one loop: a request costs this side some tens of microseconds, so that on shared
cores it is the server that is measured.  What is asked is for the callers.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

SILENCE_SECONDS = 60.0  # without any answer at all, after which a measurement fails
_BLOCK = 65_536
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"


class LoadError(Exception):
    """A server answered something else than it should, or nothing."""


@dataclass
class Answers:
    """What came back in one measurement.

    Attributes:
        seconds: that were measured.
        milliseconds: from each question sent to its answer received whole, in order of arrival.
        late: answers that came when the time was over, and that the server computed, too.
        client_cpu_seconds: that this side spent.
    """

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    late: int = 0
    client_cpu_seconds: float = 0.0


class Client:
    """One connection that has one question open at a time."""

    def __init__(self, port: int) -> None:
        """Connect to a server on this machine."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SILENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = bytearray()
        self._missing: int | None = None  # bytes of the answer's body; None: its head is missing
        self.asked_at = 0.0
        self.body = b""

    def ask(self, request: bytes) -> None:
        """Send one whole request."""
        self._received.clear()
        self._missing = None
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has come; whether the answer is whole now.

        Raises:
            LoadError: the answer is no success, or the server hung up.
        """
        data = self.socket.recv(_BLOCK)
        if not data:
            raise LoadError("the server closed a connection in the middle of an answer")
        self._received += data
        if self._missing is None:
            end = self._received.find(_END_OF_HEAD)
            if end < 0:
                return False
            self._missing = _length_of(bytes(self._received[:end])) + end + len(_END_OF_HEAD)
        if len(self._received) < self._missing:
            return False
        self.body = bytes(self._received[self._received.find(_END_OF_HEAD) + 4 :])
        return True


def request(path: str, body: bytes) -> bytes:
    """A whole request: a POST with JSON, on a connection that stays."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body


def load(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Answers:
    """Ask for so long, each client as soon as it was answered.

    Args:
        port: of a server on this machine.
        requests: what is asked, in turn.
        clients: connections that ask at the same time.
        seconds: that are measured; what is open then is waited for and not counted.

    Raises:
        LoadError: the server answered no success, or nothing for :data:`SILENCE_SECONDS`.
    """
    connections = [Client(port) for _ in range(clients)]
    try:
        return _ask_in_turn(connections, requests, seconds)
    finally:
        for connection in connections:
            connection.socket.close()


def _ask_in_turn(
    connections: Sequence[Client], requests: Sequence[bytes], seconds: float
) -> Answers:
    answers = Answers()
    asked, open_questions = 0, len(connections)
    cpu, begun = time.process_time(), time.perf_counter()
    end = begun + seconds
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask(requests[asked % len(requests)])
            asked += 1
        while open_questions:
            ready = selector.select(SILENCE_SECONDS)
            if not ready:
                raise LoadError(f"no answer for {SILENCE_SECONDS:g} s")
            for key, _ in ready:
                connection = key.data
                if not connection.receive():
                    continue
                now = time.perf_counter()
                if now > end:
                    answers.late += 1
                    open_questions -= 1
                    continue
                answers.milliseconds.append((now - connection.asked_at) * 1000)
                connection.ask(requests[asked % len(requests)])
                asked += 1
    answers.seconds = seconds
    answers.client_cpu_seconds = time.process_time() - cpu
    return answers


def _length_of(head: bytes) -> int:
    """How long the body is that comes after this head of a success."""
    status, *lines = head.split(b"\r\n")
    if status.split(b" ")[1] != b"200":
        raise LoadError(f"answered with {status.decode('latin-1')}")
    for line in lines:
        if line[: len(_LENGTH)].lower() == _LENGTH:
            return int(line[len(_LENGTH) :])
    raise LoadError("an answer does not say how long it is")
