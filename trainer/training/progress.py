"""Show a training as it goes: a bar with the time left, and a line for each epoch."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from trainer.runs.training_log import EpochResult
from trainer.training.watch import Progress


class ProgressBar(Bars):
    """A bar over all steps of one network's training; on a terminal only, within ``with``."""

    def __init__(self, console: Console) -> None:
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("epoch {task.fields[epoch]}/{task.fields[epochs]}"),
            TextColumn("loss {task.fields[loss]:.4f}"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._of_networks: dict[str, TaskID] = {}

    def step(self, progress: Progress) -> None:
        """One step on."""
        fields: dict[str, Any] = {
            "epoch": progress.epoch,
            "epochs": progress.epochs,
            "loss": progress.loss,
        }
        if progress.network not in self._of_networks:
            for task in self._of_networks.values():
                self.remove_task(task)
            total = progress.epochs * progress.steps
            task = self.add_task(progress.network, total=total, **fields)
            self._of_networks = {progress.network: task}
        done = (progress.epoch - 1) * progress.steps + progress.step
        self.update(self._of_networks[progress.network], completed=done, **fields)

    def epoch(self, network: str, result: EpochResult) -> None:
        """A line that stays."""
        self.console.print(f"{network}: {result}")

    def phase(self, what: str) -> None:
        """A line about what is done now."""
        self.console.print(f"{what} …")
