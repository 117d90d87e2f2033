"""The file ``models/current``: which run is served.

It holds a run's name and nothing else, and is only ever replaced as a whole, so
that a reader sees the old name or the new one and never half of either.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from recognizer.errors import NoModelError, RunError
from recognizer.runs.folder import run_path, verify

POINTER = "current"


def read_current(models_folder: Path) -> str:
    """The name of the run to serve.

    Raises:
        NoModelError: nobody has named one yet.
        RunError: what stands there is not the name of a run, or cannot be read.
    """
    path = models_folder / POINTER
    try:
        with path.open("rb") as file:
            name = file.read(1024).decode("utf-8").strip()
    except FileNotFoundError:
        raise NoModelError(f"{path} does not exist: no run is served") from None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read: {error}") from error
    run_path(models_folder, name)
    return name


def activate(models_folder: Path, run_name: str) -> None:
    """Make a run the one that is served; every registry that watches picks it up.

    Raises:
        RunError: the run may not be served; nothing has changed then.
        OSError: the folder cannot be written to.
    """
    verify(run_path(models_folder, run_name))
    temporary = models_folder / f".{POINTER}-{secrets.token_hex(8)}"
    try:
        # Not tempfile's: its files are for their owner alone, and the server may be another.
        with temporary.open("x", encoding="utf-8") as file:
            file.write(run_name + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, models_folder / POINTER)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(models_folder)


def _sync_folder(folder: Path) -> None:
    """Let the replaced entry survive a loss of power, where folders can be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
