"""What the server leans on besides its model: a queue, counters of limits, disks.

None of them is needed to answer a drawing, so their trouble is a warning and no reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from webapp.configuration import Configuration
from webapp.health.disk import Disk, disk_of
from webapp.health.redis_server import is_redis, redis_trouble
from webapp.store.state import read_state

LOOK_SECONDS = 5.0  # between two looks

_MEGABYTE = 1_000_000
_SILENT = {
    "queue": "The queue does not answer: jobs begin some seconds late.",
    "limits": "The counters of limits do not answer: each worker counts for itself.",
    "store": "The store of runs is not followed: what is served goes on, and nothing new comes.",
}


@dataclass(frozen=True)
class Dependencies:
    """What was found.

    Attributes:
        servers: trouble, or None, by name: ``queue`` and ``limits`` where a Redis is named,
            ``store`` where a store of runs is.
        disks: by the name of the folder: ``instance`` and ``models``; None where a disk does not
            answer.
        written: names of folders that this server has to write to.
    """

    servers: Mapping[str, str | None] = field(default_factory=dict)
    disks: Mapping[str, Disk | None] = field(default_factory=dict)
    written: frozenset[str] = frozenset()

    def warnings(self) -> list[str]:
        """What is wrong, for those who run the server; says nothing of where things lie."""
        silent = [_SILENT[name] for name, trouble in self.servers.items() if trouble]
        return silent + [
            sentence for name, disk in self.disks.items() if (sentence := self._of_disk(name, disk))
        ]

    def _of_disk(self, name: str, disk: Disk | None) -> str | None:
        if disk is None:
            return f"The disk of the {name} folder does not answer."
        if not disk.takes_files:  # a folder that is only read may well be read-only
            return f"The disk of the {name} folder is read-only." if name in self.written else None
        if disk.is_nearly_full:
            megabytes = disk.free // _MEGABYTE
            return f"The disk of the {name} folder is nearly full: {megabytes} MB are left."
        return None


def probe_dependencies(configuration: Configuration) -> Dependencies:
    """Ask everything once; takes a second or two where something is silent."""
    urls = {"queue": configuration.queue_url, "limits": configuration.limits_url}
    folders = {"instance": configuration.instance_folder, "models": configuration.models_folder}
    servers = {name: redis_trouble(url) for name, url in urls.items() if is_redis(url)}
    if configuration.models_store:  # which one worker of this machine asks for all
        servers["store"] = read_state(configuration.models_folder).trouble
    return Dependencies(
        servers,
        {name: _disk(folder) for name, folder in folders.items()},
        frozenset({"instance"} if _keeps_files(configuration) else ()),
    )


def _disk(folder: Path) -> Disk | None:
    try:
        return disk_of(folder)
    except OSError:
        return None


def _keeps_files(configuration: Configuration) -> bool:
    """Whether the database, the queue or the key is a file in the instance folder."""
    is_sqlite = configuration.database_address.startswith("sqlite")
    return is_sqlite or not configuration.queue_url or not configuration.secret_key
