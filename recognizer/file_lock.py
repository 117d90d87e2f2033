"""Locks among the processes of a machine, on a file or folder; gone however their holder ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing keeps others away
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock of something that is there, within a ``with`` block; others wait.

    Args:
        path: a file, or a folder, which then needs no other file in it.
        shared: with others who share it, as readers do.

    Raises:
        OSError: it is not there.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        take_lock(descriptor, shared=shared)
        yield
    finally:
        os.close(descriptor)


def take_lock(descriptor: int, *, shared: bool = False, waits: bool = True) -> bool:
    """Take the lock of an open file or folder; it is given back when that is closed.

    Args:
        descriptor: of the file or folder.
        shared: with others who share it.
        waits: until it can be had.

    Returns:
        whether it is held now.

    Raises:
        OSError: its file system has no locks.
    """
    if fcntl is None:
        return True
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind if waits else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
