"""What one process has counted, minute by minute, until it is written down.

Counting is an increment under a lock and nothing else; who writes it down, and where, is for
:mod:`webapp.activity.reporter`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

Counts = dict[str, int]

KEPT_MINUTES = 50  # the database may be away for so long; less than the hour after which
# webapp.activity.compaction adds rows up that would be written again here


class Counters:
    """The counts of one process; any thread may add."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Begin with nothing.

        Args:
            clock: the time in seconds since 1970.
        """
        self._clock = clock
        self._lock = threading.Lock()  # of both below
        self._minutes: dict[int, Counts] = {}
        self._unsaved: set[int] = set()

    def add(self, names: Iterable[str]) -> None:
        """Add one to each of these counts of the present minute."""
        with self._lock:
            minute = int(self._clock() // 60)
            counts = self._minutes.get(minute)
            if counts is None:
                counts = self._begin(minute)
            for name in names:
                counts[name] = counts.get(name, 0) + 1
            self._unsaved.add(minute)

    def take_unsaved(self) -> dict[int, Counts]:
        """The minutes (since 1970) that have grown since, each with all it has counted so far."""
        with self._lock:
            self._drop_before(int(self._clock() // 60) - KEPT_MINUTES)
            taken = {minute: dict(self._minutes[minute]) for minute in sorted(self._unsaved)}
            self._unsaved.clear()
            return taken

    def put_back(self, minutes: Iterable[int]) -> None:
        """Take these for unsaved again: they could not be written down."""
        with self._lock:
            self._unsaved.update(minute for minute in minutes if minute in self._minutes)

    def _begin(self, minute: int) -> Counts:
        self._drop_before(minute - KEPT_MINUTES)
        counts: Counts = {}
        self._minutes[minute] = counts
        return counts

    def _drop_before(self, first: int) -> None:
        for minute in [minute for minute in self._minutes if minute <= first]:
            del self._minutes[minute]
            self._unsaved.discard(minute)
