"""How the C library keeps the memory that pictures took: given back, and not kept for each thread.

A picture is read with blocks of megabytes.  glibc learns to keep blocks of a size once it has seen
one freed, in a pool for each thread, so that a worker holds what the largest picture of each of its
threads took, for ever (``python -m benchmarks.soak --without drawing bad visit``).
"""

from __future__ import annotations

import ctypes

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3  # glibc's malloc.h
_POOLS = 2  # as many threads of a worker as compute at a time
_LARGE_BYTES = 262_144  # blocks from here on are the system's again once they are freed


def give_memory_back() -> None:
    """Tell glibc so, for this process and its children; other C libraries go on as they do."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    mallopt(_ARENA_MAX, _POOLS)
    mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
