"""Remove runs for good: refused before it is begun, or done as a whole."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from recognizer.errors import RunError, reason_of
from recognizer.runs.folder import read_details
from trainer.errors import TrainerError
from trainer.runs.listing import current_name
from trainer.runs.state import is_alive, observed_status

_REMOVED = ".removed-"  # the beginning of a name that no reader takes for a run's


def check_removable(models: Path, folders: Sequence[Path]) -> None:
    """See that none of these runs is needed by anybody.

    Raises:
        TrainerError: one of them is served, or training.
    """
    for folder in folders:
        if folder.name == current_name(models):
            raise TrainerError(f"{folder.name} is the run that is served; activate another first")
        if is_alive(folder):
            raise TrainerError(f"{folder.name} is {_status(folder)}; stop it first")


def remove_runs(models: Path, folders: Sequence[Path]) -> None:
    """Remove runs, each of them at once for whoever looks, and what an earlier removal left.

    Args:
        models: the folder of the runs; the caller holds its lock
            (:func:`recognizer.file_lock.locked`).
        folders: of the runs.

    Raises:
        TrainerError: one may not be removed (then none is), or the folder cannot be written to.
    """
    check_removable(models, folders)
    try:
        for folder in folders:
            folder.rename(models / f"{_REMOVED}{folder.name[:64]}-{secrets.token_hex(4)}")
        for left in models.glob(f"{_REMOVED}*"):
            _delete(left)
    except OSError as error:
        raise TrainerError(f"{models} cannot be written to: {reason_of(error)}") from error


def _delete(path: Path) -> None:
    if path.is_symlink():  # the run itself lies elsewhere, and is not ours to delete
        path.unlink()
    else:
        shutil.rmtree(path)


def _status(folder: Path) -> str:
    try:
        return observed_status(folder, read_details(folder))
    except RunError:
        return "being written"
