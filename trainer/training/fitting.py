"""Train one network: epoch after epoch, validated, logged, and resumable after each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from rich.console import Console

from trainer.data.mnist import Images
from trainer.data.model_inputs import Inputs, Labels
from trainer.data.stroke_files import LabelledDrawing
from trainer.training.averaging import WeightAverage
from trainer.training.batches import MixedBatches
from trainer.training.checkpoint import load_checkpoint, save_checkpoint
from trainer.training.epoch_log import EpochResult, append_to_log, keep_epochs
from trainer.training.interruption import Interruption
from trainer.training.progress import ProgressBar


@dataclass(frozen=True, eq=False)
class Assignment:
    """What one network is to learn, and where its state is kept meanwhile.

    Attributes:
        name: of the network, as its files are named.
        images, drawings: to train on.
        validation: held-out model inputs and labels.
        epochs: how many.
        log: the file that gets a line for each epoch.
        checkpoint: the file that holds the state after the last epoch.
    """

    name: str
    images: Images
    drawings: Sequence[LabelledDrawing]
    validation: tuple[Inputs, Labels]
    epochs: int
    log: Path
    checkpoint: Path


def fit_network(
    recipe: Any,
    settings: Any,
    assignment: Assignment,
    interruption: Interruption,
    console: Console,
    report: Callable[[EpochResult], None],
) -> tuple[keras.Model, int]:
    """Train until the last epoch, or until somebody asks for a stop.

    Args:
        recipe: the recipe's module.
        settings: the recipe's settings.
        assignment: what to learn; where there is a checkpoint, the training goes on from it.
        interruption: ends the training cleanly.
        console: shows the progress.
        report: told of each epoch.

    Returns:
        The network in float32 with its averaged weights, and the number of whole epochs done.
    """
    keras.utils.clear_session()
    keras.utils.set_random_seed(settings.seed)
    network = recipe.build_network(settings.precision)
    steps = max(1, settings.samples_per_epoch // settings.batch_size)
    _compile(network, settings, assignment.epochs * steps, settings.warmup_epochs * steps)
    average, done = _restore(network, assignment)
    averaging = WeightAverage(settings.averaging, average, done * steps)
    with ProgressBar(console, assignment.name, assignment.epochs * steps, done * steps) as bar:
        for epoch in range(done, assignment.epochs):
            started = time.monotonic()
            batches = _batches(settings, assignment, steps, epoch)
            callbacks = [averaging, interruption, bar]
            trained = network.fit(batches, callbacks=callbacks, verbose=0).history
            if interruption.is_requested:
                break
            result = _validate(network, averaging, assignment, epoch + 1, trained, started)
            append_to_log(assignment.log, result)
            done = epoch + 1
            save_checkpoint(assignment.checkpoint, network, averaging.weights, done)
            console.print(f"{assignment.name}: {result}")
            report(result)
    return _released(recipe, network, averaging), done


def _compile(network: keras.Model, settings: Any, steps: int, warmup_steps: float) -> None:
    warmup = min(round(warmup_steps), steps // 2)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0 if warmup else settings.learning_rate,
        steps - warmup,
        warmup_target=settings.learning_rate if warmup else None,
        warmup_steps=warmup,
    )
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=settings.weight_decay)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    network.compile(
        optimizer, _SmoothedCrossEntropy(settings.label_smoothing), metrics=["accuracy"]
    )
    # XLA is half as fast as oneDNN on processors (ARCHITECTURE.md).
    network.jit_compile = False


class _SmoothedCrossEntropy(keras.losses.Loss):  # type: ignore[misc]
    """Cross-entropy of integer labels against targets with a little of every digit in them."""

    def __init__(self, smoothing: float) -> None:
        super().__init__(name="cross_entropy")
        self._smoothing = smoothing

    def call(self, labels: Any, probabilities: Any) -> Any:
        targets = keras.ops.one_hot(keras.ops.cast(keras.ops.reshape(labels, (-1,)), "int32"), 10)
        return keras.losses.categorical_crossentropy(
            targets, probabilities, label_smoothing=self._smoothing
        )


def _restore(network: keras.Model, assignment: Assignment) -> tuple[Any, int]:
    if not assignment.checkpoint.exists():
        keep_epochs(assignment.log, 0)
        return None, 0
    average, done = load_checkpoint(assignment.checkpoint, network)
    keep_epochs(assignment.log, done)
    return average, done


def _batches(settings: Any, assignment: Assignment, steps: int, epoch: int) -> MixedBatches:
    return MixedBatches(
        assignment.images,
        assignment.drawings,
        batch_size=settings.batch_size,
        steps=steps,
        seed=settings.seed,
        epoch=epoch,
    )


def _validate(
    network: keras.Model,
    averaging: WeightAverage,
    assignment: Assignment,
    epoch: int,
    trained: dict[str, list[float]],
    started: float,
) -> EpochResult:
    inputs, labels = assignment.validation
    with averaging.applied():
        probabilities = network.predict(inputs, batch_size=500, verbose=0)
    right = probabilities[np.arange(len(labels)), labels]
    return EpochResult(
        epoch=epoch,
        loss=trained["loss"][-1],
        accuracy=trained["accuracy"][-1],
        val_loss=-float(np.log(np.maximum(right, 1e-12)).mean()),
        val_accuracy=float((probabilities.argmax(axis=1) == labels).mean()),
        learning_rate=float(keras.ops.convert_to_numpy(network.optimizer.learning_rate)),
        seconds=time.monotonic() - started,
    )


def _released(recipe: Any, network: keras.Model, averaging: WeightAverage) -> keras.Model:
    """The same network in plain float32: what is stored must not need bfloat16 to be loaded."""
    released = recipe.build_network("float32")
    released.set_weights(averaging.weights or network.get_weights())
    return released
