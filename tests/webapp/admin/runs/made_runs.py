"""Runs for tests: written as the trainer writes them, in any state, without a network in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trainer.runs.training_log import EpochResult, TrainingLog
from trainer.runs.writer import RunWriter

SETTINGS = {"seed": 1, "epochs": 3, "learning_rate": 0.005}
IMAGE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABwAAAAcCAAAAABXZoBIAAAAFUlEQVR42mNgGAWj"
    "YBSMglEwCqgAAAc8AAGv7TzbAAAAAElFTkSuQmCC"
)


def make_run(
    models: Path, recipe: str = "ink", status: str = "finished", epochs: int = 3, **changes: Any
) -> RunWriter:
    """A run in a state; ``changes`` are keys of its run.json."""
    run = RunWriter.create(models, recipe, dict(SETTINGS))
    if status == "queued":
        return run
    run.begin()
    for epoch in range(1, epochs + 1):
        add_epoch(run.folder, epoch)
    if status == "running":
        run.update(**changes)
        return run
    (run.folder / "model.onnx").write_bytes(b"a network")
    (run.folder / "samples.json").write_text(json.dumps(samples_of(run.folder.name)))
    networks = {"model": {"file": "model.onnx", "epochs": epochs, "parameters": 1234}}
    run.finish(status, 61.0, **{"networks": networks, "metrics": metrics(), **changes})
    return run


def add_epoch(folder: Path, epoch: int) -> None:
    """A line of the training log, as the trainer writes one."""
    result = EpochResult(epoch, 1 / epoch, 1 - 0.3 / epoch, 0.9 / epoch, 1 - 0.2 / epoch, 1e-3, 2.5)
    TrainingLog.of_run(folder).append(result)


def metrics(accuracy: float = 0.9956) -> dict[str, Any]:
    """Figures of two sets: one in detail, one as older runs have it."""
    matrix = [[100 * (i == j) for j in range(10)] for i in range(10)]
    matrix[4][9] = 2
    whole = {"accuracy": accuracy, "interval": [accuracy - 0.002, accuracy + 0.002],
             "right": 1000, "total": 1002}  # fmt: skip
    detailed = {
        "loss": 0.0123,
        "top_2_accuracy": 0.999,
        "expected_calibration_error": 0.004,
        "confusion_matrix": matrix,
        "per_class": {"4": {"precision": 0.98, "recall": 0.9, "f1": 0.94, "support": 102}},
        "reliability": [
            {"low": 0.9, "high": 1.0, "count": 1002, "confidence": 0.99, "accuracy": 0.998}
        ],
        "robustness": [
            {"change": "", "strength": "", "right": 99, "total": 100, "same": 100, "lost": 0,
             "won": 0, "accuracy": 0.99},
            {"change": "turned", "strength": "45°", "right": 60, "total": 100, "same": 60,
             "lost": 39, "won": 0, "accuracy": 0.6},
        ],
    }  # fmt: skip
    return {"mnist_test": {**whole, **detailed}, "held_out_writers": whole}


def samples_of(name: str) -> dict[str, Any]:
    """A samples.json with 32 samples of MNIST, two of them 4s that were taken for 9s."""
    samples = [_sample(row, row % 10, row % 10, 0.99) for row in range(30)]
    samples += [_sample(30, 4, 9, 0.8), _sample(31, 4, 9, 0.6)]
    one = {
        "right": 1000,
        "total": 1002,
        "confusion_matrix": metrics()["mnist_test"]["confusion_matrix"],
        "samples": samples,
        "grid": list(range(15)),
        "others": list(range(15, 32)),
        "misread": [30, 31],
        "hardest": [30],
        "cells": {"4/9": [30, 31], "1/1": [1]},
    }
    return {"format": 1, "run": name, "sets": {"mnist_test": one}}


def _sample(row: int, label: int, answer: int, confidence: float) -> dict[str, Any]:
    return {"row": row, "label": label, "answer": answer, "confidence": confidence,
            "probabilities": [0.1] * 10, "image": IMAGE}  # fmt: skip
