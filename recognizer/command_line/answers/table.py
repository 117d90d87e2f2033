"""Write answers as a table for people to look at, a page at a time."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from recognizer.command_line.answers.answer import Answer, printable
from recognizer.prediction import Prediction


class TerminalTable:
    """A table for a terminal, whose columns stay where they are from page to page."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._is_first = True

    def write(self, answers: list[Answer]) -> None:
        """Show some more answers; problems have no line."""
        table = Table(box=None, expand=True, show_header=self._is_first, header_style="bold")
        table.add_column("drawing", ratio=1, overflow="fold")
        table.add_column("answer", width=12, style="bold cyan", overflow="fold")
        table.add_column("confidence", width=10, justify="right")
        table.add_column("otherwise", width=14, justify="right", style="dim")
        for answer in answers:
            if answer.prediction is not None:
                where = Text(f"{printable(answer.file)}:{answer.line}")  # may look like markup
                table.add_row(where, _text(answer.prediction), *_confidences(answer.prediction))
        if table.row_count:
            self._console.print(table)
            self._is_first = False


def _text(prediction: Prediction) -> str:
    if prediction.verdict == "unsure" and prediction.text:
        return f"{prediction.text} ?"
    return prediction.text or prediction.verdict


def _confidences(prediction: Prediction) -> tuple[str, str]:
    if prediction.left_out:
        return f"{prediction.confidence:.1%}", f"left out: {len(prediction.left_out)}"
    if len(prediction.digits) != 1:
        return f"{prediction.confidence:.1%}", ""
    probabilities = prediction.digits[0].probabilities
    second = sorted(range(10), key=probabilities.__getitem__)[-2]
    return f"{prediction.confidence:.1%}", f"{second} {probabilities[second]:6.1%}"
