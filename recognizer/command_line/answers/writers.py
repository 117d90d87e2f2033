"""Take answers to where they go: lines to standard output or to a file, a table to a terminal."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Protocol, TextIO

from rich.console import Console

from recognizer.command_line.answers.answer import Answer
from recognizer.command_line.answers.output_file import OutputError
from recognizer.command_line.answers.table import TerminalTable


class AnswerWriter(Protocol):
    """Writes answers in the order they come."""

    def write(self, answers: list[Answer]) -> None:
        """Write some more answers."""


class LineWriter:
    """Passes the answers' rows on, as many as come together in one go."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    def write(self, answers: list[Answer]) -> None:
        """Write the rows of some more answers."""
        if text := "".join(answer.row for answer in answers if answer.row is not None):
            self._write(text)


def to_standard_output(header: str | None, output: TextIO) -> AnswerWriter:
    """Make a writer of lines under a header to standard output, or of a table for None."""
    if isinstance(output, io.TextIOWrapper):
        output.reconfigure(errors="replace")  # names that the locale's encoding has not
    if header is None:
        return TerminalTable(Console(file=output))
    write = partial(_write, output)
    write(header)
    return LineWriter(write)


def _write(output: TextIO, text: str) -> None:
    try:
        output.write(text)
        output.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output cannot be written: {error.strerror}") from error
