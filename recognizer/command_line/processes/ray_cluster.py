"""Connect to a Ray cluster: this machine's, or one of as many machines as there are.

The run is handed over with the work, so nothing has to lie on the other machines but this code, in
the same folder.  Who answers there is for :mod:`recognizer.command_line.processes.ray_processes`.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from recognizer.command_line.processes.answering import Question
from recognizer.command_line.processes.processors import available_processors
from recognizer.command_line.processes.ray_processes import Answering, RayProcess
from recognizer.command_line.processes.workers import StartError
from recognizer.runs.folder import CHECKSUM_FILE, DETAILS_FILE, run_path, verify

HERE = ""  # the address of whatever cluster runs on this machine, or else of one made for us

_LISTENS_SECONDS = 5


class RayCluster:
    """A cluster that this process is connected to."""

    def __init__(self, ray: Any) -> None:
        self._ray = ray
        self._actor = ray.remote(max_restarts=0)(Answering)
        self._run: Any = None

    @property
    def processors(self) -> int:
        """How many processors all its machines have, at least one."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def hand_over(self, question: Question) -> None:
        """Put the run's files where every machine can have them from.

        Raises:
            RunError: the run may not be served.
        """
        self._run = self._ray.put(_files_of(run_path(question.models_folder, question.run)))

    def start(self) -> RayProcess:
        """A process somewhere on the cluster; it has begun when it has answered."""
        return RayProcess(self._ray, self._actor, self._run)


@contextmanager
def ray_cluster(address: str) -> Iterator[RayCluster]:
    """Be connected to a cluster; what is printed to ``sys.stdout`` meanwhile goes nowhere.

    Args:
        address: as ``10.0.0.1:6379``; :data:`HERE` for the one on this machine, which is made if
            there is none.

    Raises:
        StartError: Ray is not installed, or no cluster answers there.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray tells its maker by default
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # or it warns
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise StartError(f"--ray needs requirements/ray.txt: {error}") from error
    _connect(ray, address)
    try:
        # Ray prints what becomes of its machines, in pages, and to where the answers go.
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
            yield RayCluster(ray)
    finally:
        ray.shutdown()


def _connect(ray: Any, address: str) -> None:
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    if address != HERE:
        _look_for(address)
    try:
        ray.init(address=address or "auto", **quiet)
    except (ConnectionError, RuntimeError, ValueError) as error:
        if address != HERE:
            raise _no_cluster(address, str(error).strip().splitlines()[0]) from error
        ray.init(address="local", num_cpus=available_processors(), include_dashboard=False, **quiet)


def _look_for(address: str) -> None:
    """See that somebody listens there; Ray would try for minutes."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), _LISTENS_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise _no_cluster(address, str(error)) from error


def _no_cluster(address: str, reason: str) -> StartError:
    return StartError(f"no Ray cluster answers at {address}: {reason}")


def _files_of(run: Path) -> dict[str, bytes]:
    names = [*verify(run)["files"], DETAILS_FILE, CHECKSUM_FILE]
    return {name: (run / name).read_bytes() for name in names}
