"""Counts of limits in this process's memory, on a clock that nobody can set.

The memory of the ``limits`` library looks at the time of day: when that is set back by an hour
(a machine without a battery that has found its time server), who is over a limit stays so for an
hour longer.  It also runs a thread, which this needs none of.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable

from limits.storage import Storage

SCHEME = "monotonic"
_MOST_KEYS = 20_000  # that are kept before those that have ended are looked for


class MonotonicStorage(Storage):
    """Counters that end after their time; what Flask-Limiter wants of a fixed window."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - as the library reads it

    def __init__(
        self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool
    ) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._lock = threading.Lock()
        self._counters: dict[Hashable, tuple[int, float]] = {}  # the count, and when it ends

    @property
    def base_exceptions(self) -> type[Exception]:
        """Name what this storage raises, for the library; it raises nothing."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add to a counter, which ends so many seconds after its first; returns its count.

        Args:
            key: of the counter, a limit and whom it is about.
            expiry: seconds from the first to the end of the count.
            amount: that is added.
        """
        now = time.monotonic()
        with self._lock:
            if len(self._counters) >= _MOST_KEYS:
                self._drop_ended(now)
            count, ends_at = self._counters.get(key, (0, 0.0))
            if ends_at <= now:
                count, ends_at = 0, now + expiry
            self._counters[key] = (count + amount, ends_at)
        return count + amount

    def get(self, key: str) -> int:
        """The count of a counter; 0 where there is none."""
        count, ends_at = self._counters.get(key, (0, 0.0))
        return count if ends_at > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        """Tell when a counter ends, in seconds since 1970 as the library wants it."""
        _, ends_at = self._counters.get(key, (0, 0.0))
        return time.time() + max(0.0, ends_at - time.monotonic())

    def check(self) -> bool:
        """Whether it works: always."""
        return True

    def reset(self) -> int:
        """Forget all counters; returns how many there were."""
        with self._lock:
            number = len(self._counters)
            self._counters.clear()
        return number

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._counters.pop(key, None)

    def _drop_ended(self, now: float) -> None:
        self._counters = {key: one for key, one in self._counters.items() if one[1] > now}
