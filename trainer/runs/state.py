"""What a run is doing, as another process sees it: alive, stopped, or killed without a word.

The process that trains a run holds a lock on a file in its folder, which the system takes away
from it however it ends.  So a run that says ``running`` and whose lock is free was killed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from recognizer.file_lock import take_lock
from recognizer.runs.folder import read_details
from trainer.errors import TrainerError

LOCK_FILE = ".lock"
STOP_FILE = "stop"  # whoever writes it asks the training for a clean stop
KILLED = "the process that trained it is gone; --resume goes on from its last whole epoch"

_PATIENCE_SECONDS = 2.0  # others hold the lock for an instant, to see whether they can


@contextmanager
def held(run: Path) -> Iterator[None]:
    """Be the one process that trains this run, within a ``with`` block.

    Raises:
        TrainerError: another process trains it.
    """
    with (run / LOCK_FILE).open("ab") as lock:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not take_lock(lock.fileno(), waits=False):
            if time.monotonic() > deadline:
                raise TrainerError(f"another process is training {run.name}")
            time.sleep(0.02)
        yield


def is_alive(run: Path) -> bool:
    """Whether a process trains this run now."""
    try:
        with (run / LOCK_FILE).open("rb") as lock:
            return not take_lock(lock.fileno(), shared=True, waits=False)
    except OSError:
        return False


def observed_status(run: Path, details: Mapping[str, Any]) -> str:
    """The run's status, where ``running`` without a process is ``failed``.

    Args:
        run: its folder.
        details: what its run.json held a moment ago.
    """
    return observe(run, details)[0]


def observe(run: Path, details: Mapping[str, Any]) -> tuple[str, str | None]:
    """The run's status as :func:`observed_status` tells it, and why it failed, if it did.

    Args:
        run: its folder.
        details: what its run.json held a moment ago.
    """
    if details.get("status") == "running" and not is_alive(run):
        details = read_details(run)  # it may have come to its end in between
        if details.get("status") == "running":
            return "failed", KILLED
    return str(details.get("status")), details.get("reason")


def request_stop(run: Path) -> None:
    """Ask for a clean stop; the training ends within a batch, and its run keeps a network."""
    (run / STOP_FILE).touch()
