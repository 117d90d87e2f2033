"""Read ``training_log.csv`` back: the figures of the epochs that a run has so far."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from trainer.training.epoch_log import EpochResult

LOG_FILE = "training_log.csv"


def read_log(folder: Path) -> list[EpochResult]:
    """The epochs of a run's main network; none where it has no log.

    A line that is not whole is passed over: it may be written just now, or be what a killed
    process left.
    """
    path = folder / LOG_FILE
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        read = [_read(row) for row in csv.DictReader(file)]
    return [epoch for epoch in read if epoch]


def _read(row: dict[str, str | None]) -> EpochResult | None:
    try:
        values = {
            name: float(row[name] or "") for name in EpochResult.__annotations__ if name != "epoch"
        }
        epoch = EpochResult(int(row["epoch"] or ""), **values)
    except (KeyError, ValueError):
        return None
    return epoch if all(map(math.isfinite, values.values())) else None
