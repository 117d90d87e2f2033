"""What every app makes anew though it is always the same: made once for all tests of a process.

An app and its database cost a test a tenth of a second before it has asked anything, and most of
that went into compiling routes, joining static files and running migrations.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from werkzeug.routing import Rule

from recognizer.file_lock import take_lock
from webapp.pages import static_files
from webapp.private_files import make_private_folder
from webapp.storage import migration
from webapp.storage.database import Database


def fill_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """A folder that the first of all processes of these tests fills, and the others read."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each process has a folder of its own within one
        base = base.parent
    folder, filled = base / name, base / f"{name}.filled"
    with (base / f"{name}.lock").open("w") as lock:
        take_lock(lock.fileno())
        if not filled.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            fill(folder)
            filled.touch()
    return folder


def compile_routes_once(patch: pytest.MonkeyPatch) -> None:
    """Keep the functions that werkzeug compiles to build the addresses of a rule."""
    compile_builder = Rule._compile_builder
    kept: dict[Any, Any] = {}

    def compile_once(self: Rule, append_unknown: bool = True) -> Any:
        key = (self.rule, str(self._trace), str(self.defaults), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(self, append_unknown)
        return kept[key]

    patch.setattr(Rule, "_compile_builder", compile_once)


def read_static_files_once(patch: pytest.MonkeyPatch) -> None:
    """Let every app serve the static files as the first one read them."""
    files = static_files.read_all()
    patch.setattr(static_files, "read_all", lambda: files)


def load_revisions_once(patch: pytest.MonkeyPatch) -> None:
    """Read the revisions of Optuna's tables and of ours from their files once, not per database."""
    from_config = ScriptDirectory.from_config
    kept: dict[str | None, ScriptDirectory] = {}

    def load_once(config: Config) -> ScriptDirectory:
        place = config.get_alembic_option("script_location")
        if place not in kept:
            kept[place] = from_config(config)
        return kept[place]

    patch.setattr(ScriptDirectory, "from_config", load_once)


_migrated: list[Path] = []  # the SQLite database that others are copied from, once it is made


def copy_migrated(path: Path) -> None:
    """Put a SQLite database that is up to date where there is none yet."""
    if not _migrated or path.exists():
        return
    make_private_folder(path.parent)
    copy = path.with_name(f"{path.name}.{threading.get_ident()}")
    shutil.copy(_migrated[0], copy)
    with suppress(FileExistsError):  # another thread was faster
        os.link(copy, path)
    copy.unlink()


def migrate_once(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let a new SQLite database begin as a copy of one that was brought up to date."""
    upgrade, made = migration.upgrade, folder / "net.sqlite3"

    def copy_or_upgrade(engine: Engine, revision: str = "heads") -> None:
        path = Path(str(engine.url.database))
        if engine.dialect.name != "sqlite" or revision != "heads" or path.exists():
            upgrade(engine, revision)
        else:
            copy_migrated(path)

    database = Database(f"sqlite:///{made}", upgrade)
    database.prepare()
    database.close()
    _migrated.append(made)
    patch.setattr(migration, "upgrade", copy_or_upgrade)
