"""Show a training as it goes: a bar with the time left, and a line for each epoch."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType

import keras
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class ProgressBar(keras.callbacks.Callback):  # type: ignore[misc]
    """A bar over all steps of one network's training; on a terminal only, within ``with``."""

    def __init__(self, console: Console, title: str, steps: int, done: int) -> None:
        super().__init__()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("loss {task.fields[loss]:.4f}"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task(title, total=steps, completed=done, loss=float("nan"))

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """One step on."""
        loss = (logs or {}).get("loss", float("nan"))
        self._progress.update(self._task, advance=1, loss=loss)

    def __enter__(self) -> ProgressBar:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._progress.stop()
