"""Disks, the modes of secrets, and the folder of data."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from trainer.data.location import data_folder
from trainer.errors import DataError
from webapp.accounts.secret_key import KEY_FILE
from webapp.admin.data.sources import public_sets
from webapp.configuration import Configuration
from webapp.health.check import Check
from webapp.health.dependencies import check_disk
from webapp.health.disk import disk_of
from webapp.storage.engine import files_of

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine_disks(configuration: Configuration) -> Iterator[Check]:
    """Look at the room beside each folder that grows."""
    folders = {
        "instance": configuration.instance_folder,
        "models": configuration.models_folder,
        "studies": configuration.studies_folder,
    }
    for name, folder in folders.items():
        try:
            disk = disk_of(folder)
        except OSError:
            disk = None
        yield check_disk(name, folder, disk, is_written=True)


def examine_permissions(configuration: Configuration) -> Iterator[Check]:
    """Look whether anybody else could read the server's secrets, and whether it can itself."""
    folder = configuration.instance_folder
    if not folder.exists():
        yield Check("permissions", "good", f"{folder}: made at the first start, for nobody else")
        return
    if not folder.is_dir():
        yield Check("permissions", "bad", f"{folder} is no folder", "see NET_INSTANCE_DIR")
        return
    secrets = [folder / KEY_FILE, *files_of(configuration.database_address)]
    there = [path for path in secrets if path.exists()]
    findings = [*_usable(folder, there), *_loose(folder, there)]
    yield from findings or [Check("permissions", "good", f"{folder} is for its owner alone")]


def examine_data(configuration: Configuration) -> Iterator[Check]:
    """Look for the public data sets that trainings and gates read."""
    advice = "python -m trainer data fetch; a server that only answers needs none"
    try:
        folder = data_folder(configuration.data_folder)
    except DataError as error:
        yield Check("data", "warning", str(error), "see NET_DATA_DIR")
        return
    missing = [found.name for found in public_sets(folder) if found.missing]
    if missing:
        said = f"{folder} lacks files of {', '.join(missing)}"
        yield Check("data", "warning", said, advice)
    else:
        yield Check("data", "good", f"{folder} has every public set")


def _usable(folder: Path, secrets: Sequence[Path]) -> Iterator[Check]:
    needed = {folder: os.R_OK | os.W_OK | os.X_OK, **dict.fromkeys(secrets, os.R_OK | os.W_OK)}
    for path, mode in needed.items():
        if not os.access(path, mode):
            said = f"{path} cannot be read and written by user {os.geteuid()}"
            advice = f"run as its owner, or: chown {'-R ' if path == folder else ''}USER {path}"
            yield Check("permissions", "bad", said, advice)


def _loose(folder: Path, secrets: Sequence[Path]) -> Iterator[Check]:
    if folder.stat().st_mode & _OTHERS:
        said = f"{folder} can be entered by others (mode {_mode(folder)})"
        yield Check("permissions", "warning", said, f"chmod 700 {folder}")
    for path in secrets:
        if path.stat().st_mode & _OTHERS:
            said = f"{path} can be read by others (mode {_mode(path)})"
            yield Check("permissions", "bad", said, f"chmod 600 {path}")


def _mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):03o}"
