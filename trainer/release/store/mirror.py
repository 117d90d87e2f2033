"""Make a models folder serve what a store names: fetch the run, verify it, then name it.

What was fetched is marked, and only what is marked is ever replaced: a run of the same name that
was trained here may be gone on with.
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from recognizer.atomic_file import write_atomically
from recognizer.errors import RunError, reason_of
from recognizer.file_lock import locked
from recognizer.runs.folder import DETAILS_FILE, run_path, verify
from recognizer.runs.pointer import activate
from trainer.errors import TrainerError
from trainer.release.history import HISTORY_FILE
from trainer.release.store.run_store import RunStore
from trainer.runs.listing import current_name

MARK = ".from-store"
_DRAFT = ".fetched-"  # the beginning of a name that no reader takes for a run's


def follow(store: RunStore, models: Path) -> str | None:
    """Serve here what the store names, with its history; returns the run's name.

    A store that names none changes nothing.

    Raises:
        RunError, TrainerError: the run cannot be had or may not be served; what was served here is
            served on.
    """
    with locked(models):
        name = store.current()
        if name is None:
            return None
        fetch(store, models, name)
        try:
            write_atomically(models / HISTORY_FILE, store.history())
            if current_name(models) != name:
                activate(models, name)
        except OSError as error:
            raise TrainerError(f"{models} cannot be written to: {reason_of(error)}") from error
    return name


def fetch(store: RunStore, models: Path, run_name: str) -> None:
    """Copy a run from the store into the models folder; the caller holds the folder's lock.

    Raises:
        RunError, TrainerError: the run cannot be had or may not be served.
    """
    folder = run_path(models, run_name)
    details = store.details(run_name)
    if _is_good(folder, details):
        return
    draft = models / f"{_DRAFT}{secrets.token_hex(8)}" / run_name
    try:
        for left in models.glob(f"{_DRAFT}*"):  # by a process that was killed
            shutil.rmtree(left)
        draft.mkdir(parents=True)
        store.download(run_name, details, draft)
        (draft / MARK).touch()
        _put(draft, folder)
    except OSError as error:
        raise TrainerError(f"{models} cannot be written to: {reason_of(error)}") from error
    finally:
        shutil.rmtree(draft.parent, ignore_errors=True)


def _is_good(folder: Path, details: bytes) -> bool:
    """Whether nothing has to be fetched; raises RunError for a run that is not ours to replace."""
    if not folder.exists():
        return False
    is_ours = (folder / MARK).exists()
    try:
        verify(folder)
    except RunError:
        if is_ours:
            return False
        raise
    return not is_ours or (folder / DETAILS_FILE).read_bytes() == details


def _put(draft: Path, folder: Path) -> None:
    if folder.exists():
        os.rename(folder, draft.with_name(f"{folder.name}-old"))  # removed with the draft
    os.rename(draft, folder)
