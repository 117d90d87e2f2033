"""Requests that wait for a thread, and when that has taken too long.

A queue that is as long as its senders are patient answers nobody in time.  Here its length is
measured in seconds: whoever comes while the first one has waited too long is sent away at once, and
so is that first one, even if no thread ever becomes free.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from typing import Generic, TypeVar

Sender = TypeVar("Sender")


class WaitingLine(Generic[Sender]):
    """The requests given to a pool of threads, in their order; for the main loop alone."""

    def __init__(self, patience_seconds: float) -> None:
        """Prepare an empty line.

        Args:
            patience_seconds: for how long a request may wait.
        """
        self._patience_seconds = patience_seconds
        self._line: deque[tuple[float, Sender, Future[object]]] = deque()

    def join(self, sender: Sender, future: Future[object], now: float) -> None:
        """Remember a request that a thread shall handle."""
        self._line.append((now, sender, future))

    def is_too_long(self, now: float) -> bool:
        """Whether the first has waited longer than anybody should."""
        line = self._line
        while line and (line[0][2].running() or line[0][2].done()):
            line.popleft()
        return bool(line) and now - line[0][0] > self._patience_seconds

    def take_overdue(self, now: float) -> list[Sender]:
        """Those who have waited too long; no thread will begin with them any more."""
        overdue = []
        while self.is_too_long(now):
            _, sender, future = self._line.popleft()
            if future.cancel():
                overdue.append(sender)
        return overdue
