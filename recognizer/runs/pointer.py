"""The file ``models/current``: which run is served.

It holds a run's name and nothing else, and is only ever replaced as a whole, so
that a reader sees the old name or the new one and never half of either.
"""

from __future__ import annotations

from pathlib import Path

from recognizer.atomic_file import write_atomically
from recognizer.errors import NoModelError, RunError, reason_of
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
        raise RunError(f"{path} cannot be read: {reason_of(error)}") from error
    run_path(models_folder, name)
    return name


def activate(models_folder: Path, run_name: str) -> None:
    """Make a run the one that is served; every registry that watches picks it up.

    Raises:
        RunError: the run may not be served; nothing has changed then.
        OSError: the folder cannot be written to.
    """
    verify(run_path(models_folder, run_name))
    write_atomically(models_folder / POINTER, f"{run_name}\n".encode(), syncs_folder=True)
