"""Connect to a Ray cluster: this machine's, or one of as many machines as there are.

The run is handed over with the work, so nothing has to lie on the other machines but this code, in
the same folder.  Files are read here, so that no machine needs the same disk.
"""

from __future__ import annotations

import logging
import os
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from recognizer.command_line.answers.answer import Answer
from recognizer.command_line.inputs.entry import Entry
from recognizer.command_line.processes.answering import (
    Answerer,
    Item,
    Question,
    Result,
    entries_of,
    results_of,
)
from recognizer.command_line.processes.lost import LostError, StartError
from recognizer.errors import RecognizerError
from recognizer.processors import available_processors
from recognizer.runs.folder import CHECKSUM_FILE, DETAILS_FILE, run_path, verify

HERE = ""  # the address of whatever cluster runs on this machine, or else of one made for us

_LISTENS_SECONDS = 5


class RayCluster:
    """A cluster that this process is connected to."""

    def __init__(self, ray: Any) -> None:
        self._ray = ray
        # Whoever is lost is asked again here, one item after another: the first crash names none.
        self._answer = ray.remote(max_retries=0)(_answer)
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

    def start(self, question: Question) -> RayTasks:
        """What asks one package after another of the cluster."""
        return RayTasks(self._ray, self._answer, self._run, question)


class RayTasks:
    """One package at a time, wherever the cluster has room for it."""

    def __init__(self, ray: Any, answer: Any, run: Any, question: Question) -> None:
        self._ray = ray
        self._answer = answer
        self._run = run
        self._question = question
        self._task: Any = None

    def begin(self) -> None:
        """There is nothing to wait for: a machine loads the run with its first package."""

    def ask(self, items: Sequence[Item]) -> list[Result]:
        """The results; raises LostError if a machine was lost or failed over them."""
        groups = [entries_of(item) for item in items]
        entries = [entry for group in groups if group for entry in group]
        answers = iter(self._answers(entries) if entries else ())
        return results_of(items, groups, answers)

    def is_alive(self) -> bool:
        """Whether it can be asked: always, for whichever machine is lost, another one is asked."""
        return True

    def kill(self) -> None:
        """End what it is doing: it holds nothing that would be lost."""
        with suppress(Exception):  # the whole cluster may be gone
            self._ray.cancel(self._task, force=True)

    def _answers(self, entries: Sequence[Entry]) -> Sequence[Answer]:
        # In a list, so that it is fetched only where it is not loaded yet.
        self._task = self._answer.remote([self._run], self._question, entries)
        try:
            answers: Sequence[Answer] = self._ray.get(self._task)
        except self._ray.exceptions.RayTaskError as error:
            cause = error.cause
            if isinstance(cause, RecognizerError):
                raise StartError(str(cause)) from None
            raise LostError(f"{type(cause).__name__}: {cause}") from None
        except self._ray.exceptions.RayError as error:
            name = type(error).__name__
            raise LostError(f"its process on the cluster is gone ({name})") from None
        return answers


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


def _answer(run: Sequence[Any], question: Question, entries: Sequence[Entry]) -> list[Answer]:
    """What runs on the cluster: answer entries, by the run that this process has loaded before."""
    if question not in _loaded:
        _loaded[question] = _load(run[0], question)
    return [answer for result in _loaded[question].answer(entries) for answer in result]  # type: ignore[union-attr]


def _load(reference: Any, question: Question) -> Answerer:
    import cv2
    import ray

    cv2.setNumThreads(1)  # there are as many of us as processors
    with tempfile.TemporaryDirectory(prefix="net-run-") as folder:
        run = Path(folder) / question.run
        run.mkdir()
        for name, content in ray.get(reference).items():
            (run / name).write_bytes(content)
        return Answerer(replace(question, models_folder=Path(folder)))


_loaded: dict[Question, Answerer] = {}  # of this process
