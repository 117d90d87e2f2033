"""The file ``training_log.csv``: a line for each epoch, written while a network trains."""

from __future__ import annotations

import csv
import math
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from recognizer.atomic_file import write_atomically

LOG_FILE = "training_log.csv"  # of a run's main network


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


class TrainingLog:
    """The log of one network.

    Args:
        path: of the file, which need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of_run(cls, folder: Path) -> TrainingLog:
        """The log of a run's main network."""
        return cls(folder / LOG_FILE)

    def append(self, result: EpochResult) -> None:
        """Add a line, and the heading to a new file."""
        is_new = not self._path.exists()
        with self._path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            if is_new:
                writer.writerow(field.name for field in fields(result))
            writer.writerow(
                f"{value:.6g}" if isinstance(value, float) else value
                for value in asdict(result).values()
            )

    def keep(self, epochs: int) -> None:
        """Drop the lines behind the first ``epochs``: a resumed training writes them again.

        Without an epoch the heading goes too, which a full disk may have cut off.
        """
        if not epochs:
            self._path.unlink(missing_ok=True)
        elif self._path.exists():
            lines = self._path.read_bytes().splitlines(keepends=True)
            write_atomically(self._path, b"".join(lines[: 1 + epochs]))

    def read(self) -> list[EpochResult]:
        """The epochs so far; none where there is no file.

        A line that is not whole is passed over: it may be written just now, or be what a killed
        process left.
        """
        if not self._path.is_file():
            return []
        text = self._path.read_text("utf-8")
        lines = text[: text.rfind("\n") + 1].splitlines()
        read = [_read_row(row) for row in csv.DictReader(lines)]
        return [epoch for epoch in read if epoch]


def _read_row(row: dict[str, str | None]) -> EpochResult | None:
    try:
        values = {
            name: float(row[name] or "") for name in EpochResult.__annotations__ if name != "epoch"
        }
        epoch = EpochResult(int(row["epoch"] or ""), **values)
    except (KeyError, ValueError):
        return None
    return epoch if all(map(math.isfinite, values.values())) else None
