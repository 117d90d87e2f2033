"""Show on a terminal how far it is: files done, how fast and how long still, and long files."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from recognizer.command_line.answers.answer import printable
from recognizer.command_line.inputs.sources import Sources

_MANY_BYTES = 1 << 20  # of a file that takes long enough to be shown

_FILES = "files"  # the field that tells the task which counts files


class Progressing(Protocol):
    """Whoever is told how far it is."""

    def watch(self, opened: BinaryIO, file: str) -> BinaryIO:
        """Take an opened file and its name; returns what to read in its place."""

    def advance(self, files: int) -> None:
        """So many more files are done."""


class NoProgress:
    """Whoever is told how far it is, and shows nothing."""

    def watch(self, opened: BinaryIO, file: str) -> BinaryIO:
        """Return the file itself."""
        return opened

    def advance(self, files: int) -> None:
        """Do nothing."""


class ProgressBars:
    """A bar for the files, if there are many, and one for each long file that is read."""

    def __init__(self, progress: Progress, sources: Sources) -> None:
        self._progress = progress
        self._sources = sources
        self._files = None
        if sources.are_many():
            self._files = progress.add_task(_FILES, total=None, unit=_FILES)
            # Counting a million files takes a while, and nobody shall wait for it.
            threading.Thread(target=self._count, name="count", daemon=True).start()

    def watch(self, opened: BinaryIO, file: str) -> BinaryIO:
        """Put a long file behind a bar of its own."""
        size = os.fstat(opened.fileno()).st_size
        if size < _MANY_BYTES:
            return opened
        return self._progress.wrap_file(opened, size, description=escape(printable(file)))

    def advance(self, files: int) -> None:
        """So many more files are done."""
        if self._files is not None:
            self._progress.advance(self._files, files)

    def _count(self) -> None:
        total = self._sources.count()
        if self._files is not None and total is not None:
            self._progress.update(self._files, total=total)


@contextmanager
def show_progress(
    sources: Sources, messages: Console, answers_scroll: bool
) -> Iterator[Progressing]:
    """Show bars on a terminal, and nothing where the answers themselves scroll by there."""
    if not messages.is_terminal or answers_scroll:
        yield NoProgress()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        _Done(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=messages, transient=True, redirect_stdout=False) as progress:
        yield ProgressBars(progress, sources)


class _Done(ProgressColumn):
    """How many files are done, in all and a second; of a long file the percentage."""

    def render(self, task: Task) -> Text:
        if task.fields.get("unit") != _FILES:
            return Text(f"{task.percentage:>3.0f}%")
        of = "" if task.total is None else f"/{task.total:,.0f}"
        speed = "" if task.speed is None else f" {task.speed:,.0f}/s"
        return Text(f"{task.completed:,.0f}{of}{speed}")
