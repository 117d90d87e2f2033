"""Room on the disk for what a worker counts, taken before it counts anything.

prometheus_client counts in files that it maps into memory, and gives them their length without
their room.  On a disk that has become full, the first number then ends the worker (SIGBUS), and
every worker after it.
"""

from __future__ import annotations

import os
from pathlib import Path

ENDED = "ended"  # in the place of a number: of all processes that have ended

# Of each kind of file; a stranger cannot add series, so it is known how long they become.
_ROOM = {"counter": 262_144, "histogram": 524_288, "gauge_livesum": 65_536}


def reserve(folder: Path, name: int | str) -> None:
    """Make the files of a process, full of nothing.

    Args:
        folder: that the workers count into.
        name: the number of the process, or what stands in its place.

    Raises:
        OSError: there is no room; then none of them takes any.
    """
    files = {folder / f"{kind}_{name}.db": room for kind, room in _ROOM.items()}
    try:
        for file, room in files.items():
            _take(file, room)
    except OSError:
        for file in files:
            file.unlink(missing_ok=True)
        raise


def _take(file: Path, room: int) -> None:
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(descriptor, 0, room)
        else:  # macOS
            os.write(descriptor, bytes(room))
    finally:
        os.close(descriptor)
