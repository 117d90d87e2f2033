"""Where the commands print their tables."""

from __future__ import annotations

from rich.console import Console

_WIDTH_IN_A_PIPE = 160  # columns; rich would take 80 and fold what a script reads


def table_console() -> Console:
    """Standard output, as wide as the terminal, or wide enough where there is none."""
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH_IN_A_PIPE)
