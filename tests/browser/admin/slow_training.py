"""A process that writes what a training writes, without training: an epoch every half second.

``python -m tests.browser.admin.slow_training MODELS`` prints the run's name and ends when it is
asked to stop, as the trainer does.
"""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

from tests.webapp.admin.runs.made_runs import add_epoch, metrics
from trainer.runs.state import STOP_FILE, held
from trainer.runs.writer import RunWriter

SECONDS = 0.5  # an epoch


def train(models: Path) -> None:
    """Write epochs until somebody asks for the end."""
    run = RunWriter.create(models, "ink", {"seed": 1, "epochs": 200})
    with held(run.folder):
        run.begin()
        print(run.folder.name, flush=True)
        for epoch in itertools.count(1):
            progress = {"network": "model", "epoch": epoch, "epochs": 200, "step": 3, "steps": 9,
                        "loss": 0.25, "seconds_left": 100.0 - epoch}  # fmt: skip
            run.update(progress=progress)
            time.sleep(SECONDS)
            if (run.folder / STOP_FILE).exists():
                break
            add_epoch(run.folder, epoch)
        (run.folder / "model.onnx").write_bytes(b"a network")
        run.finish("stopped", epoch * SECONDS, metrics=metrics())


if __name__ == "__main__":
    train(Path(sys.argv[1]))
