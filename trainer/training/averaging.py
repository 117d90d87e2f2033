"""Keep a running average of a network's weights: it generalises better than the last ones.

Polyak, Juditsky: Acceleration of stochastic approximation by averaging, 1992.
Batch normalisation's statistics are averaged along with the weights they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import keras
import numpy as np
from numpy.typing import NDArray

Weights = list[NDArray[np.float32]]

_STEPS_BETWEEN = 8  # reading the weights costs about a millisecond


class WeightAverage(keras.callbacks.Callback):  # type: ignore[misc]
    """Exponential moving average of all weights, over about 1 / (1 - momentum) steps.

    Attributes:
        weights: the average, in the order of the network's weights; None without any step yet, or
            with a momentum of 0, which averages nothing.
    """

    def __init__(self, momentum: float) -> None:
        super().__init__()
        self._momentum = momentum**_STEPS_BETWEEN
        self._steps = 0
        self.weights: Weights | None = None

    def go_on(self, weights: Weights | None, steps: int) -> None:
        """Take up an average where it was left after ``steps`` steps."""
        self.weights = weights
        self._steps = steps

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:
        """Take the present weights into the average."""
        self._steps += 1
        if not self._momentum or self._steps % _STEPS_BETWEEN:
            return
        # A young network's weights are soon worthless: the average grows as long as they do.
        grown = min(self._momentum, self._steps / (self._steps + 10 * _STEPS_BETWEEN))
        present = self.model.get_weights()
        if self.weights is None:
            self.weights = present
            return
        for average, weight in zip(self.weights, present, strict=True):
            average *= grown
            average += (1 - grown) * weight

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The network with the average for its weights, within a ``with`` block."""
        present = self.model.get_weights()
        self.model.set_weights(self.weights or present)
        try:
            yield
        finally:
            self.model.set_weights(present)


class BestAverage(keras.callbacks.Callback):  # type: ignore[misc]
    """Gives callbacks that keep the best epoch's weights the average that was validated.

    Keras's EarlyStopping takes the network's present weights, whatever its figures are of.  Stands
    behind them.
    """

    def __init__(
        self, averaging: WeightAverage, steering: Sequence[keras.callbacks.Callback]
    ) -> None:
        super().__init__()
        self._averaging = averaging
        self._steering = steering

    def on_epoch_end(self, epoch: int, logs: object = None) -> None:
        """Replace what was kept of this epoch."""
        average = self._averaging.weights
        for callback in self._steering:
            known = vars(callback)
            if average and known.get("best_weights") and known["best_epoch"] == epoch:
                callback.best_weights = [weight.copy() for weight in average]
