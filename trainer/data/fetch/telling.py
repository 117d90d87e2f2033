"""Tell a person how a fetch goes: a bar while it downloads, then what came of it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from trainer.data.fetch.session import Fetched

_NAMED = 5  # problems named; --json names all


class DownloadBar(Progress):
    """A bar of the bytes that are here, on a terminal only, within ``with``."""

    def __init__(self, console: Console, title: str) -> None:
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self.add_task(title, total=None)

    def show(self, here: int, total: int | None) -> None:
        """Show that so many bytes are here, of so many."""
        self.update(self._task, completed=here, total=total)


def tell(console: Console, fetched: Fetched, folder: Path) -> None:
    """Say which files a data set gave, what it was held to, and what was left out."""
    if not fetched.files:
        say = "is there already; --again makes its files anew"
        console.print(f"{fetched.name} {say}")
        return
    console.print(f"{fetched.name}, held to {fetched.held_to}:")
    for name, rows in fetched.files.items():
        console.print(f"  {folder / name}  {rows:,}", soft_wrap=True)
    if fetched.problems:
        console.print(f"  left out, as it cannot be read: {len(fetched.problems):,}")
    for problem in fetched.problems[:_NAMED]:
        console.print(f"    {problem}", markup=False, soft_wrap=True)
    if len(fetched.problems) > _NAMED:
        console.print("    … --json names all")
