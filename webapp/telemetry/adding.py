"""Add to several of prometheus_client's numbers at once.

prometheus_client takes a lock, asks for the number of the process and looks up a key for each
number, and a drawing adds to twelve of them.  Here that is done once for all.  The numbers lie in
the same mapped files, so what a killed worker has counted stays counted.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Sequence
from struct import Struct
from threading import Lock
from typing import Any

from prometheus_client import Counter, Histogram, values

Amount = tuple[Any, float]  # one of prometheus_client's values, and what is added to it

_is_mapped: bool = values.ValueClass._multiprocess  # type: ignore[attr-defined]
_pack = Struct("dd").pack_into  # a number and its timestamp, as prometheus_client writes them
_lock = Lock()
_is_forked = False


def add_all(amounts: Sequence[Amount]) -> None:
    """Add to each number; any thread may.  Nothing else may add to the same numbers."""
    global _is_forked
    with _lock:
        if _is_forked and amounts:
            amounts[0][0].get()  # turns all of them to files of this process
            _is_forked = False
        for value, amount in amounts:
            value._value = total = value._value + amount
            if _is_mapped:
                file = value._file
                _pack(file._m, file._positions[value._key], total, 0.0)


def number_of(counter: Counter) -> Any:
    """The one number of a counter that has all its labels."""
    return counter._value


class Steps:
    """The numbers of a histogram that has all its labels."""

    def __init__(self, histogram: Histogram) -> None:
        self._bounds = histogram._upper_bounds
        self._sum: Any = histogram._sum
        self._buckets: Sequence[Any] = histogram._buckets

    def amounts(self, observed: float) -> tuple[Amount, Amount]:
        """Say what one more observation adds to which numbers."""
        return (self._sum, observed), (self._buckets[bisect_left(self._bounds, observed)], 1.0)


def _notice_fork() -> None:
    global _is_forked
    _is_forked = True


os.register_at_fork(after_in_child=_notice_fork)
