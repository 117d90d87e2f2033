"""How much room the folders take that grow, and how much is left beside them."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

KEPT_SECONDS = 30.0  # a folder of hundreds of runs takes a moment to walk through


@dataclass(frozen=True)
class Room:
    """The size of a folder and the space on its disk, in bytes; None where it cannot be told."""

    folder: Path
    taken: int
    free: int | None
    total: int | None


class DiskWatch:
    """Measures folders, and remembers for a moment what it found."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[Path, tuple[float, Room]] = {}

    def room(self, folder: Path) -> Room:
        """Measure a folder, unless that was done a moment ago."""
        with self._lock:
            measured, room = self._found.get(folder, (-KEPT_SECONDS, None))
            if room is None or time.monotonic() - measured >= KEPT_SECONDS:
                room = _measure(folder)
                self._found[folder] = (time.monotonic(), room)
        return room


def _measure(folder: Path) -> Room:
    taken = sum(_sizes(folder))
    try:
        usage = shutil.disk_usage(folder)
    except OSError:  # it is not there yet
        return Room(folder, taken, None, None)
    return Room(folder, taken, usage.free, usage.total)


def _sizes(folder: Path) -> Iterator[int]:
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                yield os.lstat(os.path.join(parent, name)).st_size
            except OSError:  # gone in between
                continue
