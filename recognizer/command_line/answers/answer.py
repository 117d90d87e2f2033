"""An answer as it travels between processes: where it belongs, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recognizer.errors import RecognizerError
from recognizer.prediction import Prediction


@dataclass(frozen=True)
class Problem:
    """Why there is no prediction.

    Attributes:
        message: one sentence.
        field: the part of the input it is about, or None.
        reason: the sentence's name (a key of ``recognizer.errors.REASONS``), or None.
    """

    message: str
    field: str | None = None
    reason: str | None = None

    def to_json(self) -> dict[str, str]:
        """The problem as plain data, without what is not known."""
        return {key: value for key, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Answer:
    """An answer to one drawing or picture.

    Attributes:
        file: as it was named.
        line: from 1.
        problem: why it could not be answered, or None.
        row: the line to be written; None where this form of output has none for it.
        prediction: the answer itself, where the form of output needs it (a table) and there is one.
    """

    file: str
    line: int
    problem: Problem | None
    row: str | None = None
    prediction: Prediction | None = None


def problem_of(error: RecognizerError) -> Problem:
    """An error as plain data (exceptions with arguments of their own do not travel)."""
    known: dict[str, Any] = {name: getattr(error, name, None) for name in ("field", "reason")}
    return Problem(str(error), **known)


def printable(file: str) -> str:
    """A file's name as text that breaks no line, column or terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in file)
