"""Make a server what it was when it was backed up, or leave it as it is.

Everything is checked before anything is replaced, and what was replaced comes back where a later
step fails.  The database is replaced as a whole. Files of the back-up replace those of the same
name; further runs, logs and exports stay. The run that was served then is activated at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from recognizer.errors import RecognizerError, RunError
from recognizer.file_lock import locked
from recognizer.runs.folder import CHECKSUM_FILE, verify_files
from recognizer.runs.pointer import POINTER, read_current
from webapp.configuration import Configuration
from webapp.maintenance import database_copy
from webapp.maintenance.archive import unpack
from webapp.maintenance.backup import DATABASE, INSTANCE, MODELS
from webapp.maintenance.errors import MaintenanceError
from webapp.maintenance.placing import put_file, put_runs_in
from webapp.maintenance.working_folder import working_folder
from webapp.storage.database import Database, DatabaseAwayError
from webapp.storage.migration import known_revisions


def restore(configuration: Configuration, path: Path) -> str:
    """Put a back-up back; returns when it was made.

    Raises:
        MaintenanceError: it is no whole back-up, of another kind of database, of a newer version,
            or cannot be written; nothing has changed then. Or all of it is back, but the run that
            was served then may not be served any more.
    """
    not_served: RunError | None = None
    instance, models = configuration.instance_folder, configuration.models_folder
    try:
        instance.mkdir(parents=True, exist_ok=True, mode=0o700)
        models.mkdir(parents=True, exist_ok=True)
        with working_folder(instance) as folder, working_folder(models) as staging:
            content = folder / "content"
            manifest = unpack(path, content)
            _check(configuration, path, manifest, content)
            with locked(models), ExitStack() as undo:
                _put_database_back(configuration, content / DATABASE, folder, undo)
                try:
                    put_runs_in(content / MODELS, models, staging, undo, replace=True)
                except RunError as error:  # the runs are there, and the rest is worth as much
                    not_served = error
                _put_instance_back(content / INSTANCE, instance, folder, undo)
                undo.pop_all()  # all is well, so nothing of it is undone
    except (OSError, RecognizerError) as error:
        raise MaintenanceError(f"what was backed up cannot be put back: {error}") from error
    if not_served is not None:
        raise MaintenanceError(
            f"everything is restored, but another run has to be served: {not_served}"
        )
    return str(manifest["made"])


def _check(
    configuration: Configuration, path: Path, manifest: Mapping[str, Any], content: Path
) -> None:
    kind = database_copy.kind_of(configuration.database_address)
    if manifest["database"] != kind:
        raise MaintenanceError(
            f"{path} has a {manifest['database']} database, NET_DATABASE_URL is {kind}."
        )
    revision = database_copy.revision_of(kind, content / DATABASE)
    if revision and revision not in known_revisions():
        raise MaintenanceError(
            f"{path} is of a newer version of Nét: its database is at {revision}, this version "
            f"knows up to {max(known_revisions())}. Install that version first; nothing was "
            "changed."
        )
    if (content / MODELS / POINTER).is_file():
        served = content / MODELS / read_current(content / MODELS)
        verify_files(served, is_sealed=(served / CHECKSUM_FILE).exists())


def _put_database_back(
    configuration: Configuration, copy: Path, folder: Path, undo: ExitStack
) -> None:
    address = configuration.database_address
    before = folder / "before"
    if database_copy.exists(address):
        database_copy.save(address, before)
        undo.callback(database_copy.put_back, address, before)
    else:
        undo.callback(database_copy.remove, address)
    database_copy.put_back(address, copy)
    database = Database(address)
    try:
        database.prepare()  # the back-up may be older than this code
    except DatabaseAwayError as error:
        raise MaintenanceError(f"the restored database cannot be used: {error}") from error
    finally:
        database.close()


def _put_instance_back(source: Path, target: Path, folder: Path, undo: ExitStack) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file():
            path.chmod(0o600)  # earlier versions made logs and exports for everybody to read
            put_file(path, target / path.relative_to(source), folder, undo)
