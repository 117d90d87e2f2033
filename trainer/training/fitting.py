"""Train one network: epoch after epoch, validated, logged, and resumable after each.

One call of Keras's ``fit`` with callbacks around the recipe's own; what becomes of the network is
for :mod:`trainer.training.run`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np

from trainer.batches.base import Batches, EpochOrder, Material
from trainer.data.model_inputs import Labels, NetworkInputs
from trainer.recipes import Recipe
from trainer.runs.training_log import TrainingLog
from trainer.training.averaging import BestAverage, WeightAverage, Weights
from trainer.training.checkpoint import Checkpoint
from trainer.training.hardware import dtype_policy, find_hardware, resolve_precision
from trainer.training.normalization import Statistics
from trainer.training.presets import LEAST_STEPS
from trainer.training.recording import Recording
from trainer.training.validation import Validation
from trainer.training.watch import Watch

_SMALLEST_BATCH = 16  # samples


@dataclass(frozen=True, eq=False)
class Assignment:
    """What one network is to learn, and where its state is kept meanwhile.

    Attributes:
        name: of the network, as its files are named.
        material: to train on.
        validation: held-out model inputs and labels.
        epochs: how many.
        log: gets a line for each epoch; None keeps none.
        checkpoint: the file that holds the state after the last epoch; None keeps none.
        measured_on: samples for the final statistics of batch normalisation; 0 for a network that
            nobody asks.
    """

    name: str
    material: Material
    validation: tuple[NetworkInputs, Labels]
    epochs: int
    log: TrainingLog | None = None
    checkpoint: Path | None = None
    measured_on: int = 51_200


@dataclass(frozen=True, eq=False)
class Fitted:
    """A network that was trained.

    Attributes:
        network: in float32, with its averaged or best weights.
        epochs: whole ones done.
        is_complete: the recipe's last epoch was done, or its callbacks ended the training before.
    """

    network: keras.Model
    epochs: int
    is_complete: bool


def fit_batches(recipe: Recipe, settings: Any, assignment: Assignment) -> Any:
    """Make the batches of a short training smaller, so that it has enough steps to learn in.

    Args:
        recipe: the recipe's module.
        settings: the recipe's settings.
        assignment: what to learn.

    Returns:
        The settings; with another ``batch_size``, an even number, where the training would have
        fewer than 500 steps.
    """
    steps = assignment.epochs * len(recipe.make_batches(settings, assignment.material, 0))
    largest = max(settings.batch_size * steps // LEAST_STEPS // 2 * 2, _SMALLEST_BATCH)
    return dataclasses.replace(settings, batch_size=min(settings.batch_size, largest))


def fit_network(recipe: Recipe, settings: Any, assignment: Assignment, watch: Watch) -> Fitted:
    """Train until the last epoch, or until the recipe's callbacks or somebody else end it.

    Args:
        recipe: the recipe's module.
        settings: the recipe's settings.
        assignment: what to learn; where there is a checkpoint, the training goes on from it.
        watch: who looks on, and who may stop it.
    """
    keras.utils.clear_session()
    keras.utils.set_random_seed(settings.seed)
    network = _build(recipe, settings)
    averaging = WeightAverage(settings.averaging)
    steering = recipe.make_callbacks(settings)
    path, name = assignment.checkpoint, assignment.name
    checkpoint = Checkpoint(path, name, network, averaging, steering)
    batches = recipe.make_batches(settings, assignment.material, checkpoint.epoch)
    _compile(recipe, settings, network, assignment.epochs, batches)
    checkpoint.restore(len(batches))
    if assignment.log is not None:
        assignment.log.keep(checkpoint.epoch)
    statistics = Statistics(recipe.make_batches(settings, assignment.material, 0))
    recording = Recording(assignment.log, checkpoint, watch)
    if checkpoint.epoch < assignment.epochs and not checkpoint.has_ended:
        validation = Validation(averaging, statistics, *assignment.validation)
        best = BestAverage(averaging, steering)
        deciding = [EpochOrder(batches), averaging, validation, *steering, best]
        recorders = [*watch.callbacks, checkpoint, recording]
        watch.begin(assignment.name, assignment.epochs, len(batches), checkpoint.epoch)
        _fit(network, batches, range(checkpoint.epoch, assignment.epochs), [*deciding, *recorders])
    ended_early = network.stop_training and not recording.was_stopped
    is_complete = recording.epoch == assignment.epochs or ended_early or checkpoint.has_ended
    # Plain float32: what is stored must not need bfloat16 to be loaded.
    released = _build(recipe, dataclasses.replace(settings, precision="float32"))
    released.set_weights(_kept(network, averaging, steering))
    statistics.measure(released, assignment.measured_on)
    return Fitted(released, recording.epoch, is_complete)


def _compile(
    recipe: Recipe, settings: Any, network: keras.Model, epochs: int, batches: Batches
) -> None:
    recipe.compile_network(network, settings, epochs, len(batches))
    # XLA is half as fast as oneDNN on processors (docs/decisions.md).
    network.jit_compile = find_hardware().has_gpu
    # TensorFlow traces the first step twice, for seconds, where it finds variables yet to be made.
    network.optimizer.build(network.trainable_variables)
    labels = batches[0][1]
    answers = np.zeros((len(labels), network.output_shape[-1]), np.float32)
    network.compute_metrics(None, labels, answers)


def _fit(network: keras.Model, batches: Batches, epochs: range, callbacks: list[Any]) -> None:
    network.fit(
        batches,
        initial_epoch=epochs.start,
        epochs=epochs.stop,
        callbacks=callbacks,
        shuffle=False,  # the batches are; Keras would take them in an order of its own
        verbose=0,
    )


def _build(recipe: Recipe, settings: Any) -> keras.Model:
    with dtype_policy(resolve_precision(settings.precision, find_hardware())):
        return recipe.build_network(settings)


def _kept(
    network: keras.Model, averaging: WeightAverage, steering: Sequence[keras.callbacks.Callback]
) -> Weights:
    """The best epoch's weights where a callback has them, else the average, else the last ones."""
    best: list[Weights] = [found for one in steering if (found := vars(one).get("best_weights"))]
    return best[0] if best else averaging.weights or network.get_weights()
