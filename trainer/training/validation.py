"""Validate on held-out samples after each epoch, with the weights that would be kept."""

from __future__ import annotations

import keras
import numpy as np

from trainer.data.model_inputs import Labels, NetworkInputs
from trainer.export.formats import keras_answers
from trainer.training.averaging import WeightAverage
from trainer.training.normalization import Statistics

_SMALLEST = 1e-12  # probability, so that its logarithm exists
_MEASURED_ON = 1_024  # samples for the statistics: each has 49 values of a channel or more


class Validation(keras.callbacks.Callback):  # type: ignore[misc]
    """Puts val_loss, val_accuracy and learning_rate among an epoch's figures.

    Stands behind the averaging and before every callback that looks at these figures.
    """

    def __init__(
        self,
        averaging: WeightAverage,
        statistics: Statistics,
        inputs: NetworkInputs,
        labels: Labels,
    ) -> None:
        super().__init__()
        self._averaging = averaging
        self._statistics = statistics
        self._inputs = inputs
        self._labels = labels

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        """Ask the network about the held-out samples."""
        with self._averaging.applied():
            self._statistics.measure(self.model, _MEASURED_ON)
            probabilities = keras_answers(self.model, self._inputs)
        right = probabilities[np.arange(len(self._labels)), self._labels]
        logs["val_loss"] = -float(np.log(np.maximum(right, _SMALLEST)).mean())
        logs["val_accuracy"] = float((probabilities.argmax(axis=1) == self._labels).mean())
        logs["learning_rate"] = float(
            keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)
        )
