"""Many who draw at the same time, each one request after the other, until they are told to stop."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PREDICTIONS = "/api/v1/predictions"
JSON = {"Content-Type": "application/json"}
PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.1  # between two drawings of one person: servers that start need the processor
NOT_SENT = -1  # the server could not be reached, so nothing was lost
LOST = 0  # a request was sent, and no answer came


class Crowd:
    """Asks a server, and notes the status of each answer."""

    def __init__(
        self, port: int, drawing: dict[str, Any], *, keeps_alive: bool, pause: float = PAUSE_SECONDS
    ) -> None:
        """Prepare.

        Args:
            port: of the server, on this machine.
            drawing: to ask about.
            keeps_alive: whether each asks on one connection, as a browser does.
            pause: seconds between two drawings of one person.
        """
        self.statuses: Counter[int] = Counter()
        self.runs: Counter[str] = Counter()
        self.retry_after: set[str | None] = set()
        self._port = port
        self._body = json.dumps(drawing).encode()
        self._keeps_alive = keeps_alive
        self._pause = pause
        self._stopped = threading.Event()

    @contextmanager
    def drawing(self, people: int) -> Iterator[Crowd]:
        """Let so many draw while the block runs."""
        threads = [threading.Thread(target=self._draw) for _ in range(people)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._stopped.set()
            for thread in threads:
                thread.join()

    def wait_for_answers(self, count: int) -> None:
        """Until so many more of them were good."""
        wanted = self.statuses[200] + count
        wait_until(lambda: self.statuses[200] >= wanted, lambda: f"answered: {self.statuses}")

    def _draw(self) -> None:
        connection = None
        while not self._stopped.is_set():
            connection = connection or self._connect()
            if connection is None:
                time.sleep(0.02)
                continue
            if not self._ask(connection) or not self._keeps_alive:
                connection.close()
                connection = None
            self._stopped.wait(self._pause)
        if connection:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection | None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        try:
            connection.connect()
        except OSError:
            self.statuses[NOT_SENT] += 1
            return None
        return connection

    def _ask(self, connection: http.client.HTTPConnection) -> bool:
        """Ask once; whether the connection may be used again."""
        try:
            connection.request("POST", PREDICTIONS, self._body, JSON)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.statuses[LOST] += 1
            return False
        self.statuses[answer.status] += 1
        if answer.status == 200:
            self.runs[json.loads(content)["model"]["run"]] += 1
        else:
            self.retry_after.add(answer.getheader("Retry-After"))
        return not answer.will_close


def wait_until(condition: Callable[[], bool], describe: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS} s in vain; {describe()}"
        time.sleep(0.02)
