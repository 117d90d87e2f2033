"""What a new version needs before it serves: a database with its tables, and a run to serve.

Any number of servers may prepare the same places at the same time.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from recognizer.errors import RunError, reason_of
from recognizer.file_lock import locked
from trainer.errors import TrainerError
from trainer.release.store.mirror import follow
from trainer.release.store.run_store import open_store
from webapp.configuration import REPOSITORY, Configuration
from webapp.maintenance.errors import MaintenanceError
from webapp.maintenance.placing import put_runs_in
from webapp.maintenance.working_folder import working_folder
from webapp.storage.database import Database, DatabaseAwayError, first_line
from webapp.storage.engine import make_engine
from webapp.storage.migration import MigrationError, downgrade

_PAUSE_SECONDS = 1.0


def prepare(configuration: Configuration, wait_seconds: float) -> list[str]:
    """Upgrade the database's tables, and bring the runs that come with the code.

    A run is activated only where none is served.  Where there is a store, what it names is served,
    and an empty one is given what is served here.

    Returns:
        the names of runs that were not there.

    Raises:
        MaintenanceError: the database does not answer for so long, or is newer than this code; the
            models folder cannot be written to; the store cannot be used.
    """
    _upgrade(configuration, time.monotonic() + wait_seconds)
    brought = _bring_runs(REPOSITORY / "models", configuration.models_folder)
    _agree_with_store(configuration)
    return brought


def go_back(configuration: Configuration, revision: str) -> None:
    """Undo the migrations after a revision, with what they had stored; only newer code knows them.

    Raises:
        MaintenanceError: there is no such revision, or the database does not answer.
    """
    engine = make_engine(configuration.database_address)
    try:
        downgrade(engine, revision)
    except (MigrationError, SQLAlchemyError, OSError, sqlite3.Error) as error:
        raise MaintenanceError(
            f"the database cannot go back to {revision!r}: {first_line(error)}"
        ) from error
    finally:
        engine.dispose()


def _upgrade(configuration: Configuration, deadline: float) -> None:
    database = Database(configuration.database_address)
    try:
        while True:
            try:
                return database.prepare()
            except DatabaseAwayError as error:
                if time.monotonic() >= deadline:
                    raise MaintenanceError(f"the database cannot be prepared: {error}") from error
            time.sleep(_PAUSE_SECONDS)
    finally:
        database.close()


def _agree_with_store(configuration: Configuration) -> None:
    models = configuration.models_folder
    try:
        if (store := open_store(configuration.models_store)) is None:
            return
        if store.version() is None:
            store.publish_first(models)
        follow(store, models)
    except (RunError, TrainerError) as error:
        raise MaintenanceError(f"what the store names cannot be served: {error}") from error


def _bring_runs(source: Path, target: Path) -> list[str]:
    if source == target or not source.is_dir():
        return []
    try:
        target.mkdir(parents=True, exist_ok=True)
        with locked(target), working_folder(target) as folder, ExitStack() as undo:
            brought = put_runs_in(source, target, folder, undo, replace=False)
            undo.pop_all()  # all is well, so nothing of it is undone
            return brought
    except OSError as error:
        raise MaintenanceError(f"{target} cannot be written to: {reason_of(error)}") from error
    except RunError as error:
        raise MaintenanceError(f"the run of this version cannot be served: {error}") from error
