"""Write answers a line each for other programs: as JSON or as tab-separated columns.

The table for people is in :mod:`recognizer.command_line.answer_table`; which form a caller gets
is for :mod:`recognizer.command_line.main`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol, TextIO

from recognizer.command_line.drawing_files import Entry
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
            row: dict[str, Any] = {"file": entry.file, "line": entry.line}
            if isinstance(answer, Prediction):
                row["answer"] = answer.to_json()
            else:
                row["error"] = _error_json(answer)
            self._out.write(json.dumps(row) + "\n")
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


def file_name(entry: Entry) -> str:
    """The file's name as text that breaks no line, column or terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in entry.file)


def _error_json(error: RecognizerError) -> dict[str, object]:
    if not isinstance(error, DrawingError):
        return {"message": str(error)}
    return {"message": str(error), "field": error.field, "reason": error.reason}
