"""What the server leans on besides its model: counters of limits, a store of runs, disks.

None of them is needed to answer a drawing, so their trouble is a warning and no reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from webapp.configuration import Configuration
from webapp.health.check import Check
from webapp.health.disk import Disk, disk_of
from webapp.health.redis_server import is_redis, redis_trouble, without_password
from webapp.store.state import read_state

SERVERS = ("limits", "store")  # names of checks of what may be a server of its own

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Dependencies:
    """Holds what was found.

    Attributes:
        checks: of each dependency, in an order that stays.
        disks: by the name of the folder; None where a disk does not answer.
    """

    checks: Sequence[Check] = ()
    disks: Mapping[str, Disk | None] = field(default_factory=dict)

    @property
    def troubles(self) -> list[Check]:
        """List what is wrong, or soon will be."""
        return [check for check in self.checks if check.state != "good"]

    def warnings(self) -> list[str]:
        """Tell what is wrong, for those who run the server, and nothing of where things lie."""
        return [check.sentence for check in self.troubles]


def probe_dependencies(configuration: Configuration) -> Dependencies:
    """Ask everything once; takes a second or two where something is silent."""
    folders = {"instance": configuration.instance_folder, "models": configuration.models_folder}
    disks = {name: _disk(folder) for name, folder in folders.items()}
    written = {"instance"} if _keeps_files(configuration) else set()
    checks = [
        check_limits(configuration),
        *_check_store(configuration),
        *(
            check_disk(name, folders[name], disk, is_written=name in written)
            for name, disk in disks.items()
        ),
    ]
    return Dependencies(checks, disks)


def check_limits(configuration: Configuration) -> Check:
    """Look at where predictions, failed sign-ins and the like are counted."""
    url = configuration.limits_url
    if not is_redis(url):
        said = f"each of {configuration.workers} workers counts for itself"
        return Check("limits", "good", f"{said}; a Redis in NET_LIMITS_URL counts for all")
    shown = without_password(url)
    if trouble := redis_trouble(url):
        sentence = "The counters of limits do not answer: each worker counts for itself."
        return Check("limits", "bad", sentence, "start it, and see NET_LIMITS_URL",
                     f"{shown}: {trouble}")  # fmt: skip
    return Check("limits", "good", "the counters of limits answer", detail=shown)


def check_disk(name: str, folder: Path, disk: Disk | None, *, is_written: bool) -> Check:
    """Say what a disk that was looked at means.

    Args:
        name: of the folder on it.
        folder: for the detail.
        disk: None where it does not answer.
        is_written: whether this server has to write to the folder.
    """
    detail = str(folder)
    if disk is None:
        sentence = f"The disk of the {name} folder does not answer."
        return Check("disk", "bad", sentence, "see its file system", detail)
    room = f"{disk.free // _MEGABYTE} MB are left"
    if not disk.takes_files and is_written:
        sentence = f"The disk of the {name} folder is read-only."
        return Check("disk", "warning", sentence, "mount it writable, or free file numbers", detail)
    if disk.takes_files and disk.is_nearly_full:
        sentence = f"The disk of the {name} folder is nearly full: {room}."
        return Check("disk", "bad", sentence, "remove old runs or reports, or move it to a larger "
                     "disk", detail)  # fmt: skip
    # A folder that is only read may well be read-only.
    state = f"{room} of {disk.total // _MEGABYTE}" if disk.takes_files else "read-only"
    return Check("disk", "good", f"{name}: {state}")


def _check_store(configuration: Configuration) -> Iterator[Check]:
    """Tell what the worker says that follows the store for this machine."""
    if configuration.models_store:
        trouble = read_state(configuration.models_folder).trouble
        yield (
            Check("store", "warning", "The store of runs is not followed: what is served goes on, "
                  "and nothing new comes.", "see NET_MODELS_STORE", trouble)
            if trouble
            else Check("store", "good", "the store of runs is followed")
        )  # fmt: skip


def _disk(folder: Path) -> Disk | None:
    try:
        return disk_of(folder)
    except OSError:
        return None


def _keeps_files(configuration: Configuration) -> bool:
    """Whether the database or the key is a file in the instance folder."""
    is_sqlite = configuration.database_address.startswith("sqlite")
    return is_sqlite or not configuration.secret_key
