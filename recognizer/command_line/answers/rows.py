"""Forms of output with an answer a line, for other programs: JSON, CSV and tab-separated.

Each form writes a row and finds again in a row which file and line it answers, so
that an output can be gone on with.  The table for people is in
:mod:`recognizer.command_line.answers.table`.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any, Protocol

from recognizer.command_line.answers.answer import Problem, printable
from recognizer.csv_cells import no_formula
from recognizer.prediction import Prediction

COLUMNS = ("file", "line", "verdict", "text", "confidence")  # confidence with 6 decimals

_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Place:
    """What a row answers.

    Attributes:
        file: its name as this form writes it.
        line: from 1.
        is_problem: whether the row says why there is no answer.
    """

    file: str
    line: int
    is_problem: bool = False


class RowForm(Protocol):
    """A form of output that has a line, with its end, for each answer."""

    header: str

    def name(self, file: str) -> str:
        """A file's name as it stands in a row."""

    def row(self, file: str, line: int, answer: Prediction | Problem) -> str | None:
        """The line to write; None where there is none for a problem."""

    def place(self, row: str) -> Place:
        """What a row answers; raises ValueError if it is none of this form."""


class JsonRows:
    """An object a line: file, line, and the contract's answer or the error."""

    header = ""

    def name(self, file: str) -> str:
        """The name as it is: JSON can hold any."""
        return file

    def row(self, file: str, line: int, answer: Prediction | Problem) -> str:
        """The line to write, a problem's too."""
        key = "error" if isinstance(answer, Problem) else "answer"
        return json.dumps({"file": file, "line": line, key: answer.to_json()}) + "\n"

    def place(self, row: str) -> Place:
        """What a row answers, without reading the answer, which is long."""
        file, end = _value(row, '{"file": ', 0)
        line, end = _value(row, ', "line": ', end)
        is_problem = row.startswith(', "error": ', end)
        if not isinstance(file, str) or type(line) is not int or not row.endswith("}"):
            raise ValueError("not a row of --json")
        return Place(file, line, is_problem)


class _Columns:
    """File, line, verdict, text and confidence; a problem has no row."""

    header = ""

    def name(self, file: str) -> str:
        """The name without what would break a line or column."""
        return printable(file)

    def row(self, file: str, line: int, answer: Prediction | Problem) -> str | None:
        """The line to write; None for a problem."""
        if isinstance(answer, Problem):
            return None
        return self._join(
            (self.name(file), str(line), answer.verdict, answer.text, f"{answer.confidence:.6f}")
        )

    def place(self, row: str) -> Place:
        """What a row answers."""
        file, line, _, _, confidence = self._split(row)
        float(confidence)
        return Place(file, int(line))

    def _join(self, columns: tuple[str, ...]) -> str:
        raise NotImplementedError

    def _split(self, row: str) -> list[str]:
        raise NotImplementedError


class TabSeparated(_Columns):
    """The columns without a header and without quotes, for ``cut`` and ``awk``."""

    def _join(self, columns: tuple[str, ...]) -> str:
        return "\t".join(columns) + "\n"

    def _split(self, row: str) -> list[str]:
        return row.split("\t")


class Explained(TabSeparated):
    """The tab-separated columns and one more behind them: why (:func:`.reasons.reason_of`)."""

    def explained(self, row: str, reason: str) -> str:
        """A row with its last column."""
        return row.removesuffix("\n") + f"\t{reason}\n"

    def _split(self, row: str) -> list[str]:
        return super()._split(row)[:-1]


class CommaSeparated(_Columns):
    """The columns under a header, quoted where needed, for spreadsheets (RFC 4180)."""

    header = ",".join(COLUMNS) + "\n"

    def name(self, file: str) -> str:
        """The name, behind an apostrophe where a spreadsheet would take it for a formula."""
        return no_formula(printable(file))

    def _join(self, columns: tuple[str, ...]) -> str:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(columns)
        return line.getvalue()

    def _split(self, row: str) -> list[str]:
        try:
            return next(csv.reader([row], strict=True))
        except csv.Error as error:
            raise ValueError("not a row of --csv") from error


ROW_FORMS: dict[str, RowForm] = {
    "json": JsonRows(),
    "csv": CommaSeparated(),
    "columns": TabSeparated(),
    "explain": Explained(),
}


def _value(row: str, before: str, start: int) -> tuple[Any, int]:
    """The JSON value behind a piece of text, and where it ends."""
    if not row.startswith(before, start):
        raise ValueError("not a row of --json")
    return _DECODER.raw_decode(row, start + len(before))
