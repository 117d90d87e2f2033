"""Processes that answer on a Ray cluster, in place of those of this machine.

Files are read here, so that no machine needs the same disk.  An actor that is lost, alone or with
its machine, is replaced as a process is (:mod:`recognizer.command_line.processes.workers`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from recognizer.command_line.inputs.entry import Entry
from recognizer.command_line.processes.answering import (
    Answerer,
    Item,
    Question,
    Result,
    entries_of,
    results_of,
)
from recognizer.command_line.processes.messages import Failed, Ready
from recognizer.command_line.processes.workers import LostError, StartError
from recognizer.errors import RecognizerError

_ROOM_SECONDS = 10  # for which a processor of its own is waited for; then it shares one
_START_SECONDS = 120
_TRIES = 3  # the machine that an actor was given to may just have gone


class RayProcess:
    """One actor, asked from a thread of this process."""

    def __init__(self, ray: Any, actor: Any, run: Any) -> None:
        self._ray = ray
        self._class = actor
        self._run = run
        self._actor: Any = None
        self._is_lost = False
        self._is_ended = False

    def begin(self, question: Question) -> None:
        """Wait until it has loaded the run, wherever there is room for it."""
        ready: Ready | None = None
        for attempt in range(_TRIES):
            if self._is_ended:
                raise LostError("the run is ending")
            own = attempt == 0  # where a machine was lost, its processors may never come back
            try:
                self._actor = self._class.options(num_cpus=int(own)).remote(self._run, question)
                seconds = _ROOM_SECONDS if own else _START_SECONDS
                ready = self._get(self._actor.ready.remote(), seconds)
            except LostError as lost:
                if attempt + 1 == _TRIES:
                    raise StartError(f"no process to answer can be started: {lost}") from None
                continue
            break
        assert ready is not None
        if ready.error is not None:
            raise StartError(ready.error)
        self._is_lost = False

    def ask(self, items: Sequence[Item]) -> list[Result]:
        """The results; raises LostError if it is lost or failed over them."""
        groups = [entries_of(item) for item in items]
        entries = [entry for group in groups if group for entry in group]
        answers = self._get(self._actor.answer.remote(entries)) if entries else []
        if isinstance(answers, Failed):
            raise LostError(answers.error)
        return results_of(items, groups, iter(answers))

    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return not self._is_lost

    def kill(self) -> None:
        """End it at once: it holds nothing that would be lost."""
        self._is_ended = True
        self._drop()

    def close(self) -> None:
        """Free what is left of it."""
        self.kill()

    def _drop(self) -> None:
        self._is_lost = True
        with suppress(Exception):  # its machine, or the whole cluster, may be gone
            self._ray.kill(self._actor)

    def _get(self, reference: Any, seconds: float | None = None) -> Any:
        try:
            return self._ray.get(reference, timeout=seconds)
        except self._ray.exceptions.RayError as error:
            self._drop()
            raise LostError(
                f"its process on the cluster is gone ({type(error).__name__})"
            ) from None


class Answering:
    """What runs in an actor."""

    def __init__(self, files: Mapping[str, bytes], question: Question) -> None:
        import cv2

        cv2.setNumThreads(1)  # there are as many of us as processors
        self._answerer: Answerer | None = None
        self._error: str | None = None
        with tempfile.TemporaryDirectory(prefix="net-run-") as folder:
            run = Path(folder) / question.run
            run.mkdir()
            for name, content in files.items():
                (run / name).write_bytes(content)
            try:
                self._answerer = Answerer(replace(question, models_folder=Path(folder)))
            except RecognizerError as error:
                self._error = str(error)

    def ready(self) -> Ready:
        """Whether the run is loaded, or why not."""
        return Ready(self._error)

    def answer(self, entries: Sequence[Entry]) -> Any:
        """The answer to each entry, or what went wrong through a mistake of ours."""
        assert self._answerer is not None
        try:
            return [answer for result in self._answerer.answer(entries) for answer in result]  # type: ignore[union-attr]
        except Exception as error:  # one bad file among a million must not end the run
            return Failed(f"{type(error).__name__}: {error}")
