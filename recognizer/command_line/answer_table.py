"""Write answers as a table for people to look at, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from recognizer.command_line.answer_lines import Answer, file_name
from recognizer.prediction import Prediction


class TerminalTable:
    """A table for a terminal, whose columns stay where they are from page to page."""

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
                where = Text(f"{file_name(entry)}:{entry.line}")  # a name may look like markup
                table.add_row(where, answer.text or answer.verdict, *_confidences(answer))
        if table.row_count:
            self._console.print(table)
            self._is_first = False


def _confidences(answer: Prediction) -> tuple[str, str]:
    if len(answer.digits) != 1:
        return f"{answer.confidence:.1%}", ""
    probabilities = answer.digits[0].probabilities
    second = sorted(range(10), key=probabilities.__getitem__)[-2]
    return f"{answer.confidence:.1%}", f"{second} {probabilities[second]:6.1%}"
