"""The file ``training_log.csv``: a line for each epoch, written while it trains."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class EpochResult:
    """What one epoch gave; the ``val_`` figures are the averaged weights' on held-out data."""

    epoch: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    learning_rate: float
    seconds: float

    def __str__(self) -> str:
        return (
            f"epoch {self.epoch}: loss {self.loss:.4f}, accuracy {self.accuracy:.2%}, "
            f"held out: loss {self.val_loss:.4f}, accuracy {self.val_accuracy:.2%} "
            f"({self.seconds:.0f} s)"
        )


def append_to_log(path: Path, result: EpochResult) -> None:
    """Add a line, and the heading to a new file."""
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if is_new:
            writer.writerow(field.name for field in fields(result))
        writer.writerow(
            f"{value:.6g}" if isinstance(value, float) else value
            for value in asdict(result).values()
        )


def keep_epochs(path: Path, epochs: int) -> None:
    """Drop the lines behind the first ``epochs``: a resumed training writes them again."""
    if path.exists():
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[: 1 + epochs]), "utf-8")
