"""Print figures as tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table as PrintedTable

from trainer.figures.figure import Figure
from trainer.figures.layout import Table, tables
from trainer.figures.sections import Section


def print_section(console: Console, section: Section, figures: Sequence[Figure]) -> None:
    """A section's heading, its text and its tables."""
    console.print(section.title, style="bold")
    console.print(section.text, style="dim")
    for table in tables(figures):
        console.print(_printed(table))
    console.print()


def _printed(table: Table) -> PrintedTable:
    printed = PrintedTable(title=table.title or None, title_justify="left")
    first, *others = table.headings
    printed.add_column(first)
    for heading in others:
        printed.add_column(heading, justify="right")
    for row in table.rows:
        printed.add_row(*row)
    return printed
