"""Everything that a server keeps, as one file: database, instance folder and models.

Servers and workers go on meanwhile. Data sets and searches are left out: the first can be fetched
again, the second have a database or folder of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from recognizer.errors import reason_of
from recognizer.file_lock import locked
from webapp.configuration import DATABASE_FILE, Configuration
from webapp.maintenance import database_copy
from webapp.maintenance.archive import ArchiveWriter, writing_archive
from webapp.maintenance.errors import MaintenanceError
from webapp.maintenance.working_folder import working_folder
from webapp.storage.engine import files_of
from webapp.storage.tables import now

DATABASE, INSTANCE, MODELS = "database", "instance", "models"


def back_up(configuration: Configuration, path: Path) -> int:
    """Write a back-up; returns how many files are in it.

    Raises:
        MaintenanceError: the database does not answer, or the file is there or cannot be written.
    """
    if not path.parent.is_dir():
        raise MaintenanceError(f"there is no folder {path.parent}.")
    address = configuration.database_address
    own = files_of(address)  # a file that is being written to is of no use as it lies there
    with _folder_beside(path) as folder, writing_archive(path, folder / "draft", own) as archive:
        # Before the folders: a job in it has its run and log there, and not the other way round.
        copy = folder / DATABASE
        database_copy.save(address, copy)
        archive.add_still(copy, DATABASE)
        copy.unlink()
        _add_instance(archive, configuration.instance_folder)
        _add_models(archive, configuration.models_folder)
        count = len(archive.checksums)
        archive.close({"made": now().isoformat(), "database": database_copy.kind_of(address)})
    return count


def _add_instance(archive: ArchiveWriter, folder: Path) -> None:
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        if entry.name.startswith((".", DATABASE_FILE)):
            continue
        if entry.is_dir():
            archive.add_folder(entry, f"{INSTANCE}/{entry.name}")
        elif not entry.name.endswith(".lock"):
            archive.add(entry, f"{INSTANCE}/{entry.name}")


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    try:
        with working_folder(path.parent) as folder:
            yield folder
    except OSError as error:
        raise MaintenanceError(f"{path} cannot be written: {reason_of(error)}") from error


def _add_models(archive: ArchiveWriter, folder: Path) -> None:
    # Nobody activates or removes a run meanwhile, so what `current` names is in the archive.
    with locked(folder) if folder.is_dir() else nullcontext():
        archive.add_folder(folder, MODELS)
