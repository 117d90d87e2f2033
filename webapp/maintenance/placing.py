"""Put new folders and files in the place of old ones, so that all of it can be undone.

``undo`` is an :class:`~contextlib.ExitStack` that knows how everything was.  Leaving it because of
an error makes it so again; whoever has succeeded empties it with ``pop_all``.
"""

from __future__ import annotations

import filecmp
import os
import secrets
import shutil
from contextlib import ExitStack, suppress
from pathlib import Path

from recognizer.runs.pointer import POINTER, activate, read_current
from webapp.maintenance.working_folder import ASIDE


def put_runs_in(
    source: Path, target: Path, folder: Path, undo: ExitStack, *, replace: bool
) -> list[str]:
    """Bring runs into a models folder that servers watch; returns the names of those brought.

    A run that is the same already is left alone.

    Args:
        source: a models folder.
        target: another one.
        folder: a working folder in ``target``.
        undo: see this module.
        replace: whether runs that are there already are replaced, and the served one changed;
            otherwise a run is only activated where none is.
    """
    brought = []
    for run in sorted(path for path in source.glob("[!.]*") if path.is_dir()):
        place = target / run.name
        if not place.exists() or (replace and not _is_same(run, place)):
            shutil.copytree(run, folder / run.name)
            _put_folder(folder / run.name, place, folder, undo)
            brought.append(run.name)
    if (source / POINTER).is_file() and (replace or not (target / POINTER).exists()):
        for path in sorted(source.glob("[!.]*")):
            if path.is_file() and path.name != POINTER:
                put_file(path, target / path.name, folder, undo)
        _remember_file(target / POINTER, folder, undo)
        activate(target, read_current(source))
    return brought


def put_file(new: Path, place: Path, folder: Path, undo: ExitStack) -> None:
    """Copy a file into its place.

    Args:
        new: the file.
        place: where it belongs.
        folder: a working folder on the disk of ``place``.
        undo: see this module.
    """
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _remember_file(place, folder, undo)
    draft = folder / "draft"
    shutil.copy2(new, draft)
    os.replace(draft, place)


def _put_folder(new: Path, place: Path, folder: Path, undo: ExitStack) -> None:
    if place.exists():
        aside = folder / ASIDE / place.name
        aside.parent.mkdir(exist_ok=True)
        os.rename(place, aside)
        undo.callback(os.rename, aside, place)
    os.rename(new, place)
    undo.callback(shutil.rmtree, place, ignore_errors=True)


def _remember_file(place: Path, folder: Path, undo: ExitStack) -> None:
    if not place.exists():
        undo.callback(place.unlink, missing_ok=True)
        return
    kept = folder / secrets.token_hex(8)
    shutil.copy2(place, kept)  # unlike a rename, this leaves no moment without the file
    undo.callback(os.replace, kept, place)


def _is_same(run: Path, other: Path) -> bool:
    files = {path.relative_to(run) for path in run.rglob("*") if path.is_file()}
    with suppress(OSError):
        return all(filecmp.cmp(run / path, other / path, shallow=False) for path in files)
    return False
