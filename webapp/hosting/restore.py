"""Make a server what it was when it was backed up.

The database is replaced as a whole. Files of the back-up replace those of the same name; further
runs, logs and exports stay. The run that was served then is activated when it is in its place.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from recognizer.errors import RunError
from recognizer.runs.pointer import POINTER, activate, read_current
from trainer.release.turn import our_turn
from webapp.configuration import Configuration
from webapp.hosting import database_copy
from webapp.hosting.archive import unpack
from webapp.hosting.backup import DATABASE, INSTANCE, MODELS
from webapp.hosting.errors import HostingError
from webapp.storage.database import Database, DatabaseAwayError


def restore(configuration: Configuration, path: Path) -> str:
    """Put a back-up back; returns when it was made.

    Raises:
        HostingError: it is no whole back-up, of another kind of database, or cannot be written;
            or all of it is back, but the run that was served then may not be served any more.
    """
    not_served: RunError | None = None
    configuration.instance_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=configuration.instance_folder, prefix=".restore-") as name:
        folder = Path(name)
        manifest = unpack(path, folder)
        kind = database_copy.kind_of(configuration.database_address)
        if manifest["database"] != kind:
            raise HostingError(
                f"{path} has a {manifest['database']} database, NET_DATABASE_URL is {kind}."
            )
        try:
            try:
                put_models_in(folder / MODELS, configuration.models_folder, replace=True)
            except RunError as error:  # the runs are there, and the rest is worth as much
                not_served = error
            _put_files_in(folder / INSTANCE, configuration.instance_folder)
        except OSError as error:
            raise HostingError(f"what was backed up cannot be put back: {error}") from error
        _restore_database(configuration, folder / DATABASE)
    if not_served is not None:
        raise HostingError(
            f"everything is restored, but another run has to be served: {not_served}"
        )
    return str(manifest["made"])


def put_models_in(source: Path, target: Path, *, replace: bool) -> list[str]:
    """Bring runs into a models folder that servers watch; returns their names.

    Args:
        source: a models folder.
        target: another, which is made if need be.
        replace: whether runs that are there already are replaced, and the served one changed;
            otherwise a run is only activated where none is.
    """
    target.mkdir(parents=True, exist_ok=True)
    brought = []
    with our_turn(target):
        for run in sorted(path for path in source.glob("*") if path.is_dir()):
            if replace or not (target / run.name).exists():
                _put_folder(run, target / run.name)
                brought.append(run.name)
        is_new = not (target / POINTER).exists()
        if (replace or is_new) and (source / POINTER).is_file():
            _put_files_in(source, target, leave_out=POINTER, below=False)
            activate(target, read_current(source))
    return brought


def _put_folder(source: Path, target: Path) -> None:
    draft = target.with_name(f".{target.name[:100]}-{secrets.token_hex(4)}")
    shutil.copytree(source, draft)
    if target.exists():
        old = draft.with_name(f"{draft.name}-old")
        os.rename(target, old)
        os.rename(draft, target)
        shutil.rmtree(old)
    else:
        os.rename(draft, target)


def _put_files_in(source: Path, target: Path, leave_out: str = "", below: bool = True) -> None:
    for path in sorted(source.rglob("*") if below else source.glob("*")):
        if not path.is_file() or path.name == leave_out:
            continue
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = place.with_name(f".{place.name[:100]}-{secrets.token_hex(4)}")
        shutil.copy2(path, draft)
        os.replace(draft, place)


def _restore_database(configuration: Configuration, copy: Path) -> None:
    database_copy.put_back(configuration.database_address, copy)
    database = Database(configuration.database_address)
    try:
        database.prepare()  # the back-up may be older than this code
    except DatabaseAwayError as error:
        raise HostingError(
            f"the database is restored and cannot be used by this version: {error}"
        ) from error
    finally:
        database.close()
