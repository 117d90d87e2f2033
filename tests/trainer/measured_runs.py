"""A small run with all that can be measured, and answers made up to be measured by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from recognizer.runs.folder import sha256
from tests.run_details import change_details
from tests.trainer.small_runs import HELD_OUT, TRAINED_ON, fitted_weights, network, write_run
from trainer.evaluation.answers import Answers

LOG = """\
epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds
1,0.5,0.9,0.4,0.91,0.003,6.5
2,0.25,0.95,0.2,0.96,0.001,6.4
"""


def write_measurable_run(models: Path, data: Path, name: str = "whole") -> Path:
    """A finished run that never answers 8, and left the site "here" out once; two epochs."""
    weights = fitted_weights(data)
    run = write_run(
        models,
        name,
        network(weights, forgets=[8]),
        datasets={"mnist": {"file": "mnist.npz"}, "mine": {"file": "mine.jsonl"}},
        splits={
            "writers": {"train": TRAINED_ON, "validation": HELD_OUT},
            "mnist": {"train": 350, "validation": 50},
        },
        calibration={"temperature": 0.8},
    )
    (run / "without-here.onnx").write_bytes(network(weights, forgets=[3]))
    (run / "training_log.csv").write_text(LOG)
    seal(run)
    return run


def seal(run: Path) -> None:
    """Write the checksums of a run's files anew."""
    names = sorted(path.name for path in run.iterdir() if not path.name.startswith("run.json"))
    change_details(run, files={name: sha256(run / name) for name in names})


def answers(
    labels: Sequence[int], digits: Sequence[int], confidences: Sequence[float] | None = None
) -> Answers:
    """Answers whose rest of probability is spread evenly over the other digits."""
    sure = np.array(confidences or [0.91] * len(labels), np.float32)[:, np.newaxis]
    probabilities = np.repeat((1 - sure) / 9, 10, axis=1)
    probabilities[np.arange(len(labels)), digits] = sure[:, 0]
    return Answers("made_up", probabilities, np.array(labels, np.int64))
