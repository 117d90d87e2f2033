"""A table with its title, which rich would fold to the width of the table."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text


def titled(title: str, table: RenderableType) -> RenderableType:
    """The title in bold, and the table below it."""
    return Group(Text(title, style="bold"), table)
