"""Answer a stream of files in its order, with a bounded number of them under way.

The first few drawings are answered in this process, which is quicker than starting another.
A picture never is: a decoder that crashes must not take the run along.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from recognizer.command_line.answers.answer import Answer
from recognizer.command_line.inputs.contents import Watch, is_picture_file, read_entries
from recognizer.command_line.inputs.entry import Entry
from recognizer.command_line.processes.answering import (
    Answerer,
    Item,
    Question,
    Result,
    TooLong,
    UnreadFile,
)
from recognizer.command_line.processes.local import LocalProcess
from recognizer.command_line.processes.workers import Start, Workers

_FILES = 16  # files that a process gets together
_ENTRIES = 64  # entries of a stream that it gets together
_BYTES = 4 << 20  # of entries, about
_UNDER_WAY = 4  # times what is asked about together, for each process
_NEAR = 16  # packages of drawings that are answered here before processes are started


@dataclass(frozen=True)
class StreamItem:
    """A file that is read in this process, as a stream."""

    name: str
    after: int = 0


class OrderedAnswers:
    """Answers in the order of what is asked about."""

    def __init__(
        self,
        question: Question,
        jobs: int,
        watch: Watch | None = None,
        start: Start = LocalProcess,
    ) -> None:
        """Load the run; raises RunError if it cannot be.

        Args:
            question: what to ask.
            jobs: how many processes may answer at the same time.
            watch: sees how far the reading of a stream is (:func:`.contents.read_entries`).
            start: makes a process that answers; by default on this machine.
        """
        self._here = Answerer(question)
        self._workers = Workers(question, jobs, start)
        self._jobs = jobs
        self._watch = watch
        self._near = _NEAR if jobs > 1 else -1  # never reaches 0: drawings are all answered here

    def answers(
        self, items: Iterable[Item | StreamItem | None], finished: Callable[[int], None]
    ) -> Iterator[list[Answer]]:
        """Give some answers after another.

        Args:
            items: files and streams, and entries in place of what cannot be read; None where no
                more may come until all answers so far are given.
            finished: told a number of items whose answers have all been given.

        Raises:
            StartError: no process can be started.
        """
        for asked in self._in_order(items):
            if isinstance(asked, StreamItem):
                yield from self._stream(asked.name, asked.after)
                finished(1)
            else:
                yield from self._answers_in(asked)
                finished(len(asked))

    def close(self) -> None:
        """End the processes."""
        self._workers.close()

    def _answers_in(self, results: list[Result]) -> Iterator[list[Answer]]:
        answers: list[Answer] = []
        for result in results:
            if isinstance(result, TooLong):
                yield answers
                answers = []
                yield from self._stream(result.file.name, result.file.after)
            else:
                answers += result
        yield answers

    def _stream(self, file: str, after: int) -> Iterator[list[Answer]]:
        entries = (
            entry
            for entry in read_entries(file, self._watch)
            if entry is None or entry.line > after
        )
        for asked in self._in_order(entries):
            if not isinstance(asked, StreamItem):
                yield from self._answers_in(asked)

    def _in_order(
        self, items: Iterable[Item | StreamItem | None]
    ) -> Iterator[list[Result] | StreamItem]:
        """The results of package after package, and streams where they stand among them."""
        under_way: deque[Future[list[Result]] | StreamItem] = deque()
        for package in _packages(items, self._jobs):
            if package is not None:
                under_way.append(package if isinstance(package, StreamItem) else self._ask(package))
            allowed = 0 if package is None else _UNDER_WAY * self._jobs
            while under_way and (len(under_way) > allowed or _is_done(under_way[0])):
                yield _result(under_way.popleft())
        while under_way:
            yield _result(under_way.popleft())

    def _ask(self, items: list[Item]) -> Future[list[Result]]:
        if self._near and not any(_is_picture(item) for item in items):
            self._near -= 1
            done: Future[list[Result]] = Future()
            done.set_result(self._here.answer(items))
            return done
        return self._workers.submit(items)


def _is_done(asked: Future[list[Result]] | StreamItem) -> bool:
    return isinstance(asked, StreamItem) or asked.done()


def _result(asked: Future[list[Result]] | StreamItem) -> list[Result] | StreamItem:
    return asked if isinstance(asked, StreamItem) else asked.result()


def _is_picture(item: Item) -> bool:
    return item.is_picture if isinstance(item, Entry) else is_picture_file(item.name)


def _packages(
    items: Iterable[Item | StreamItem | None], jobs: int
) -> Iterator[list[Item] | StreamItem | None]:
    """Items in packages that are worth a process's while; the first few hold one file each."""
    package: list[Item] = []
    files = weight = size = 0
    for item in items:
        if item is None or isinstance(item, StreamItem):
            if package:
                yield package
            yield item
            package, weight, size = [], 0, 0
            continue
        package.append(item)
        is_file = isinstance(item, UnreadFile)
        files += is_file
        weight += _ENTRIES // _FILES if is_file else 1
        size += _size(item)
        if weight >= _ENTRIES or size >= _BYTES or (is_file and files <= 2 * jobs):
            yield package
            package, weight, size = [], 0, 0
    if package:
        yield package


def _size(item: Item) -> int:
    return len(item.content) if isinstance(item, Entry) and isinstance(item.content, bytes) else 0
