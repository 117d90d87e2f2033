"""The lock on the models folder: one change at a time, among all processes of a machine."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(models: Path) -> Iterator[None]:
    """Be the one process that activates, rolls back or removes, within a ``with`` block.

    Other processes of the machine wait; the system frees the lock however its holder ends.

    Raises:
        OSError: the folder is not there.
    """
    descriptor = os.open(models, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
