"""Let several processes answer: each is asked by a thread of its own, and replaced when it dies.

A decoder that crashes takes its process along.  The items that this process had are then
asked about once more, one by one, and the one that ends a process again is named.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Protocol, cast

from recognizer.command_line.answers.answer import Answer, Problem
from recognizer.command_line.answers.rows import ROW_FORMS
from recognizer.command_line.inputs.entry import Entry
from recognizer.command_line.processes.answering import Item, Question, Result
from recognizer.errors import RecognizerError

_ROOT = Path(__file__).absolute().parents[3]
_SECONDS_TO_END = 10
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class StartError(RecognizerError):
    """A process that shall answer cannot be started."""


class LostError(Exception):
    """Items were not answered, and why."""


class AnsweringProcess(Protocol):
    """A process that answers, on this machine or on another one."""

    def begin(self, question: Question) -> None:
        """Wait until it has loaded the run; raises StartError if it does not."""

    def ask(self, items: Sequence[Item]) -> list[Result]:
        """The results; raises LostError if it was lost or failed over them."""

    def is_alive(self) -> bool:
        """Whether it can be asked."""

    def kill(self) -> None:
        """End it at once: it holds nothing that would be lost."""

    def close(self) -> None:
        """Free what an ended process leaves."""


class Workers:
    """Up to ``jobs`` processes that answer; a process is started when there is work for it."""

    def __init__(
        self, question: Question, jobs: int, start: Callable[[], AnsweringProcess] | None = None
    ) -> None:
        """Start none yet.

        Args:
            question: what each is asked.
            jobs: how many there may be.
            start: makes one; by default a process of this machine.
        """
        self._start = start or _start
        self._question = question
        self._form = ROW_FORMS.get(question.form)
        self._threads = ThreadPoolExecutor(jobs, "worker")
        self._of_thread = threading.local()
        self._started: set[AnsweringProcess] = set()
        self._starting = threading.Lock()
        self._is_closing = False

    def submit(self, items: Sequence[Item]) -> Future[list[Result]]:
        """Ask about some items; the result raises StartError where no process can be had."""
        return self._threads.submit(self._ask, items)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        with self._starting:
            self._is_closing = True
            for worker in self._started:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._started:
            worker.close()

    def _ask(self, items: Sequence[Item]) -> list[Result]:
        try:
            return self._worker().ask(items)
        except LostError:
            return [self._ask_again(item) for item in items]

    def _ask_again(self, item: Item) -> Result:
        """Alone, so that only what is to blame goes without an answer."""
        try:
            return self._worker().ask([item])[0]
        except LostError as lost:
            return (self._unanswered(item, Problem(f"cannot be answered: {lost}")),)

    def _worker(self) -> AnsweringProcess:
        worker: AnsweringProcess | None = getattr(self._of_thread, "worker", None)
        if worker is not None and worker.is_alive():
            return worker
        with self._starting:
            if self._is_closing:
                raise LostError("the run is ending")
            if worker is not None:
                self._started.discard(worker)
                worker.close()
            self._of_thread.worker = worker = self._start()
            self._started.add(worker)
        worker.begin(self._question)
        return worker

    def _unanswered(self, item: Item, problem: Problem) -> Answer:
        file, line = (item.file, item.line) if isinstance(item, Entry) else (item.name, 1)
        row = None if self._form is None else self._form.row(file, line, problem)
        return Answer(file, line, problem, row)


def _start() -> _Worker:
    try:
        return _Worker()
    except OSError as error:
        raise StartError(f"no process to answer can be started: {error.strerror}") from error


class _Worker:
    """One process, and the pipes to it."""

    def __init__(self) -> None:
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "recognizer.command_line.processes.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **dict.fromkeys(_ONE_THREAD, "1"),
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            },
            start_new_session=True,  # Ctrl-C is for us to hear
        )
        self._requests = cast(IO[bytes], self._process.stdin)
        self._replies = cast(IO[bytes], self._process.stdout)

    def begin(self, question: Question) -> None:
        """Wait until it has loaded the run."""
        try:
            ready = self._exchange(question)
        except LostError as lost:
            raise StartError(f"no process to answer can be started: {lost}") from None
        if ready.error is not None:
            raise StartError(ready.error)

    def ask(self, items: Sequence[Item]) -> list[Result]:
        """The results; raises LostError if it died or failed over them."""
        reply = self._exchange(items)
        if not isinstance(reply, list):
            raise LostError(reply.error)
        return reply

    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it at once: it holds nothing that would be lost."""
        self._process.kill()

    def close(self) -> None:
        """Free what an ended process leaves."""
        self._process.wait()
        for pipe in (self._requests, self._replies):
            try:
                pipe.close()
            except OSError:  # what was still to be written to it
                continue

    def _exchange(self, message: object) -> Any:
        try:
            pickle.dump(message, self._requests, pickle.HIGHEST_PROTOCOL)
            self._requests.flush()
            return pickle.load(self._replies)  # our child's pipe # nosec B301
        except (EOFError, OSError, pickle.UnpicklingError):
            raise LostError(_end(self._process)) from None


def _end(process: subprocess.Popen[bytes]) -> str:
    try:
        status = process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:  # it lives on, but can no longer be understood
        process.kill()
        status = process.wait()
    if status >= 0:
        return f"its process ended with status {status}"
    names = {number.value: number.name for number in signal.Signals}
    return f"its process was ended by {names.get(-status, f'signal {-status}')}"
