"""How many connections each worker has, in memory that all workers of a server share.

A connection that stays belongs to the worker that took it.  Left to chance, all eight of ``wrk
-c8`` came to one of two workers in one case of six, and a processor was idle (docs/decisions.md).
"""

from __future__ import annotations

import math
import mmap

_WORKERS = 256  # that are told apart; more share a place, and are balanced less well
_counts = memoryview(mmap.mmap(-1, 4 * _WORKERS)).cast("i")  # a connection more each; 0 for nobody


def tell(age: int, connections: int | None) -> None:
    """Write down how many connections a worker has.

    Args:
        age: gunicorn's number of the worker.
        connections: None where it takes no more, or has ended.
    """
    _counts[age % _WORKERS] = 0 if connections is None else 1 + connections


def least_of_others(age: int) -> float:
    """Tell the fewest connections that any other worker has; infinite where there is no other."""
    own = age % _WORKERS
    others = [count for place, count in enumerate(_counts) if count and place != own]
    return min(others) - 1 if others else math.inf
