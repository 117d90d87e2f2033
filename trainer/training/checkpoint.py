"""Put a half-trained network down after an epoch, and take it up again exactly there."""

from __future__ import annotations

import io
from pathlib import Path

import keras
import numpy as np

from trainer.runs.writer import write_atomically
from trainer.training.averaging import Weights


def save_checkpoint(path: Path, network: keras.Model, average: Weights | None, epoch: int) -> None:
    """Store weights, optimizer, average and the number of epochs done, replacing the last ones."""
    arrays = {f"weight{i}": value for i, value in enumerate(network.get_weights())}
    optimizer = [np.asarray(variable) for variable in network.optimizer.variables]
    arrays |= {f"optimizer{i}": value for i, value in enumerate(optimizer)}
    arrays |= {f"average{i}": value for i, value in enumerate(average or [])}
    arrays |= {f"chance{i}": np.asarray(state) for i, state in enumerate(_chance(network))}
    buffer = io.BytesIO()
    np.savez(buffer, epoch=epoch, **arrays)  # type: ignore[arg-type]
    write_atomically(path, buffer.getvalue())


def load_checkpoint(path: Path, network: keras.Model) -> tuple[Weights | None, int]:
    """Give a compiled network back its state; returns the average and the number of epochs done."""
    network.optimizer.build(network.trainable_variables)
    with np.load(path, allow_pickle=False) as stored:
        network.set_weights([stored[f"weight{i}"] for i in range(len(network.weights))])
        for i, variable in enumerate(network.optimizer.variables):
            variable.assign(stored[f"optimizer{i}"])
        for i, state in enumerate(_chance(network)):
            state.assign(stored.get(f"chance{i}", state))
        averages = [
            stored[f"average{i}"] for i in range(len(network.weights)) if f"average{i}" in stored
        ]
        return averages or None, int(stored["epoch"])


def _chance(network: keras.Model) -> list[keras.Variable]:
    """The states of the random layers (dropout), which are no weights."""
    return [state for state in network.variables if state.path.endswith("seed_generator_state")]
