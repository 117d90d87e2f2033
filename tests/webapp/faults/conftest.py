"""Real servers that faults happen to, and the small disks that some of them are put on."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.two_runs import make_two_runs

Serve = Callable[..., GunicornServer]


@pytest.fixture
def serve(tmp_path: Path, released_models: Path) -> Iterator[Serve]:
    """Starts servers with settings of their own, and stops them at the end."""
    servers: list[GunicornServer] = []

    def start(*arguments: str, **settings: object) -> GunicornServer:
        folder = tmp_path / f"server-{len(servers)}"
        folder.mkdir()
        settings = {
            "NET_MODELS_DIR": released_models,
            "NET_PREDICTIONS_A_MINUTE": 0,
            "NET_LOG_LEVEL": "warning",
            **settings,
        }
        servers.append(Quiet(folder, *arguments, **settings))
        servers[-1].wait_until(servers[-1].is_up)
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


class Quiet(GunicornServer):
    """One that does not write a line for each of thousands of requests."""

    def is_up(self) -> bool:
        assert self.process.poll() is None, self.log
        try:
            return self.ask("GET", "/livez")[0] < 500 and len(workers_of(self)) > 0
        except OSError:
            return False


def workers_of(server: GunicornServer) -> list[int]:
    """The process numbers of a server's workers."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    return [int(pid) for pid in children.read_text().split()]


@pytest.fixture
def models(tmp_path: Path, released_models: Path) -> Path:
    """A models folder of the test's own: ``first`` is served, ``second`` could be."""
    return make_two_runs(tmp_path / "models", released_models)


class SmallDisk:
    """A file system of a few megabytes in memory that can be filled and locked."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"
        _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "net-test", str(folder))

    def fill(self) -> None:
        with self._ballast.open("wb", buffering=0) as file:
            for size in (65_536, 4096, 1):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue

    def empty(self) -> None:
        self._ballast.unlink()

    def lock(self) -> None:
        """Make it read-only; no file on it may be open."""
        _run("mount", "-o", "remount,ro", str(self.folder))

    def unlock(self) -> None:
        _run("mount", "-o", "remount,rw", str(self.folder))

    def remove(self) -> None:
        _run("umount", "-l", str(self.folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], SmallDisk]]:
    """Makes file systems: ``small_disk(megabytes)``."""
    disks: list[SmallDisk] = []

    def make(megabytes: int) -> SmallDisk:
        folder = tmp_path / f"disk-{len(disks)}"
        folder.mkdir()
        try:
            disks.append(SmallDisk(folder, megabytes))
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("needs the right to mount a file system in memory")
        return disks[-1]

    yield make
    for disk in disks:
        disk.remove()


def state_of(server: GunicornServer) -> tuple[int, dict[str, Any]]:
    """What /readyz says."""
    status, _, body = server.ask("GET", "/readyz")
    return status, json.loads(body)
