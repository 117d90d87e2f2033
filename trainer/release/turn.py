"""One change of the models folder at a time, among all processes of a machine."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def our_turn(models: Path) -> Iterator[None]:
    """Wait until no other process activates, rolls back or removes; ends with the process.

    Raises:
        OSError: the folder is not there.
    """
    descriptor = os.open(models, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
