"""How much room a disk has left, and whether it takes anything at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

NEEDED_BYTES = 200 * 1_048_576  # less than this is soon full: a training's checkpoint, a day's log


@dataclass(frozen=True)
class Disk:
    """The disk that a folder lies on, or would lie on.

    Attributes:
        free, total: in bytes, of what this process may use.
        takes_files: whether anything can be written: not mounted read-only, and file numbers left.
    """

    free: int
    total: int
    takes_files: bool

    @property
    def is_nearly_full(self) -> bool:
        """Whether there is less room than the server needs to work on."""
        return self.free < NEEDED_BYTES


def disk_of(folder: Path) -> Disk:
    """Look at the disk of a folder; of the nearest one above it that exists.

    Raises:
        OSError: the disk does not answer.
    """
    there = next(path for path in (folder, *folder.parents) if path.exists())
    state = os.statvfs(there)
    has_numbers = state.f_files == 0 or state.f_favail > 0  # 0: the file system counts none
    return Disk(
        free=state.f_bavail * state.f_frsize,
        total=state.f_blocks * state.f_frsize,
        takes_files=has_numbers and not state.f_flag & os.ST_RDONLY,
    )
