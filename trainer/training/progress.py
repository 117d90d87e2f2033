"""Show a training as it goes: a bar with the time left, and a line for each epoch."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from trainer.runs.training_log import EpochResult
from trainer.training.watch import Progress


class ProgressBar:
    """A bar over all steps of one network's training; on a terminal only, within ``with``."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("epoch {task.fields[epoch]}/{task.fields[epochs]}"),
            TextColumn("loss {task.fields[loss]:.4f}"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def step(self, progress: Progress) -> None:
        """One step on."""
        fields: dict[str, Any] = {
            "epoch": progress.epoch,
            "epochs": progress.epochs,
            "loss": progress.loss,
        }
        if progress.network not in self._tasks:
            for task in self._tasks.values():
                self._bars.remove_task(task)
            total = progress.epochs * progress.steps
            task = self._bars.add_task(progress.network, total=total, **fields)
            self._tasks = {progress.network: task}
        done = (progress.epoch - 1) * progress.steps + progress.step
        self._bars.update(self._tasks[progress.network], completed=done, **fields)

    def epoch(self, network: str, result: EpochResult) -> None:
        """A line that stays."""
        self._console.print(f"{network}: {result}")

    def phase(self, what: str) -> None:
        """A line about what is done now."""
        self._console.print(f"{what} …")

    def __enter__(self) -> ProgressBar:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._bars.stop()
