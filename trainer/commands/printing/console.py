"""Where the commands print their tables, and how a table gets its title."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.text import Text

_WIDTH_IN_A_PIPE = 160  # columns; rich would take 80 and fold what a script reads


def table_console() -> Console:
    """Standard output, as wide as the terminal, or wide enough where there is none.

    It reads no ``[bold]`` as a style, since names and paths may hold any brackets: colours are
    :class:`rich.text.Text`.
    """
    console = Console(markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH_IN_A_PIPE
    return console


def titled(title: str, table: RenderableType) -> RenderableType:
    """The title in bold, and the table below it; rich would fold its own to the table's width."""
    return Group(Text(title, style="bold"), table)
