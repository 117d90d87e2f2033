"""Let several processes answer: each is asked by a thread of its own, and replaced when it dies.

A decoder that crashes takes its process along.  The items that this process had are then
asked about once more, one by one, and the one that ends a process again is named.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from recognizer.command_line.answers.answer import Answer, Problem
from recognizer.command_line.answers.rows import ROW_FORMS
from recognizer.command_line.inputs.entry import Entry
from recognizer.command_line.processes.answering import Item, Question, Result
from recognizer.command_line.processes.local import LocalProcess
from recognizer.command_line.processes.lost import LostError


class AnsweringProcess(Protocol):
    """A process that answers, on this machine or on another one."""

    def begin(self) -> None:
        """Wait until it has loaded the run; raises StartError if it does not."""

    def ask(self, items: Sequence[Item]) -> list[Result]:
        """The results; raises LostError if it was lost or failed over them."""

    def is_alive(self) -> bool:
        """Whether it can be asked."""

    def kill(self) -> None:
        """End it at once: it holds nothing that would be lost."""


Start = Callable[[Question], AnsweringProcess]


class Workers:
    """Up to ``jobs`` processes that answer; a process is started when there is work for it."""

    def __init__(self, question: Question, jobs: int, start: Start = LocalProcess) -> None:
        """Start none yet.

        Args:
            question: what each is asked.
            jobs: how many there may be.
            start: starts one, or raises StartError; by default on this machine.
        """
        self._start = start
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

    def _ask(self, items: Sequence[Item]) -> list[Result]:
        try:
            return self._worker().ask(items)
        except LostError:
            return [self._ask_again(item) for item in items]

    def _ask_again(self, item: Item) -> Result:
        """Ask about one item alone, so that only what is to blame goes without an answer."""
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
            self._of_thread.worker = worker = self._start(self._question)
            self._started.add(worker)
        worker.begin()
        return worker

    def _unanswered(self, item: Item, problem: Problem) -> Answer:
        file, line = (item.file, item.line) if isinstance(item, Entry) else (item.name, 1)
        row = None if self._form is None else self._form.row(file, line, problem)
        return Answer(file, line, problem, row)
