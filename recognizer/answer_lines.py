"""Write answers a line each: as JSON, as tab-separated columns or as a table to look at.

Which form a caller gets is for :mod:`recognizer.command_line`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, Protocol, TextIO

from rich.console import Console
from rich.table import Table

from recognizer.drawing_files import Entry
from recognizer.errors import DrawingError, RecognizerError
from recognizer.prediction import Prediction

Answer = tuple[Entry, "Prediction | RecognizerError"]


class AnswerWriter(Protocol):
    """Writes answers in the order they come."""

    def write(self, answers: Sequence[Answer]) -> None:
        """Write some more."""


class JsonLines:
    """An object a line: file, line, and the contract's answer or the error."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, answers: Sequence[Answer]) -> None:
        """Write some more answers, errors too."""
        for entry, answer in answers:
            row: dict[str, Any] = {"file": file_name(entry), "line": entry.line}
            if isinstance(answer, Prediction):
                row["answer"] = answer.to_json()
            else:
                row["error"] = _error_json(answer)
            self._out.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._out.flush()


class TabSeparated:
    """Columns file, line, verdict, text and confidence (6 decimals), for other programs."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, answers: Sequence[Answer]) -> None:
        """Write some more answers; errors have no line."""
        for entry, answer in answers:
            if isinstance(answer, Prediction):
                columns = (file_name(entry), str(entry.line), answer.verdict, answer.text)
                self._out.write("\t".join((*columns, f"{answer.confidence:.6f}")) + "\n")
        self._out.flush()


class LookedAtTable:
    """A table for a terminal, a page at a time, whose columns stay where they are."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._is_first = True

    def write(self, answers: Sequence[Answer]) -> None:
        """Write some more answers; errors have no line."""
        table = Table(box=None, expand=True, show_header=self._is_first, header_style="bold")
        table.add_column("drawing", ratio=1, overflow="fold")
        table.add_column("answer", width=12, style="bold cyan")
        table.add_column("confidence", width=10, justify="right")
        table.add_column("otherwise", width=14, justify="right", style="dim")
        for entry, answer in answers:
            if isinstance(answer, Prediction):
                where = f"{file_name(entry)}:{entry.line}"
                table.add_row(where, answer.text or answer.verdict, *_confidences(answer))
        if table.row_count:
            self._console.print(table, markup=False)
            self._is_first = False


def file_name(entry: Entry) -> str:
    """The file's name in one line of valid text, whatever its bytes are."""
    name = os.fsencode(entry.file).decode("utf-8", "replace")
    return " ".join(name.splitlines()).replace("\t", " ")


def _confidences(answer: Prediction) -> tuple[str, str]:
    if len(answer.digits) != 1:
        return f"{answer.confidence:.1%}", ""
    probabilities = answer.digits[0].probabilities
    second = sorted(range(10), key=probabilities.__getitem__)[-2]
    return f"{answer.confidence:.1%}", f"{second} {probabilities[second]:6.1%}"


def _error_json(error: RecognizerError) -> dict[str, object]:
    if not isinstance(error, DrawingError):
        return {"message": str(error)}
    return {"message": str(error), "field": error.field, "reason": error.reason}
