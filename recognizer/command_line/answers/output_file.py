"""The file that answers are written to: whole lines at its end, or going on where it stopped.

A line that was cut off, as by ``kill -9`` or a full disk, is removed when the file is gone on
with.  Nothing else that stands in it is ever changed.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from recognizer.command_line.answers.answered import AnsweredFiles
from recognizer.command_line.answers.rows import RowForm
from recognizer.errors import RecognizerError
from recognizer.file_lock import take_lock


class OutputError(RecognizerError):
    """The output cannot be opened, gone on with or written to."""


class OutputFile:
    """An output file in one form, held by nobody else while it is open."""

    def __init__(self, path: Path, form: RowForm, *, resume: bool) -> None:
        """Open the file; an existing one is gone on with or refused, never overwritten.

        Args:
            path: of the file; one that is there is only ever added to.
            form: how answers become lines.
            resume: whether an existing file is gone on with instead of refused.

        Raises:
            OutputError: it holds something already and is not to be gone on with, or it cannot be.
        """
        self.path = path
        self.answered = AnsweredFiles()
        self.has_problems = False  # whether a row that was there says that there is no answer
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error.strerror}") from error
        try:
            self._begin(form, resume)
        except BaseException:
            self.close()
            raise

    def write(self, text: str) -> None:
        """Append whole lines, in one go.

        Raises:
            OutputError: the system does not take them, as on a full disk.
        """
        rest = memoryview(text.encode())
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            raise OutputError(f"{self.path} cannot be written: {error.strerror}") from error

    def close(self) -> None:
        """Let the file go."""
        os.close(self._descriptor)

    def _begin(self, form: RowForm, resume: bool) -> None:
        status = os.fstat(self._descriptor)
        if status.st_size and not resume:
            raise OutputError(f"{self.path} exists already; --resume goes on with it")
        if stat.S_ISREG(status.st_mode):
            self._lock()
            self._read_answered(form)
        if not os.fstat(self._descriptor).st_size:
            self.write(form.header)

    def _lock(self) -> None:
        with suppress(OSError):  # a file system that has no locks
            if not take_lock(self._descriptor, waits=False):
                raise OutputError(f"{self.path} is being written by another process")

    def _read_answered(self, form: RowForm) -> None:
        whole_bytes = 0
        with open(self._descriptor, "rb", closefd=False) as stream:
            for number, row in enumerate(stream, 1):
                if not row.endswith(b"\n"):  # cut off
                    break
                whole_bytes += len(row)
                self._add(form, number, row.decode("utf-8", "replace"))
        os.ftruncate(self._descriptor, whole_bytes)
        self.answered.prepare()

    def _add(self, form: RowForm, number: int, row: str) -> None:
        if number == 1 and form.header:
            if row != form.header:
                raise self._wrong(number)
            return
        try:
            place = form.place(row.removesuffix("\n"))
        except (ValueError, RecursionError):
            raise self._wrong(number) from None
        self.has_problems |= place.is_problem
        self.answered.add(place.file, place.line)

    def _wrong(self, number: int) -> OutputError:
        return OutputError(
            f"{self.path}:{number} was not written in the form asked for: nothing is changed"
        )
