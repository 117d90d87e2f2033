"""Write down each whole epoch: a line in the log, the checkpoint, and a word to who watches."""

from __future__ import annotations

import math
import time

import keras
import numpy as np

from trainer.errors import DivergedError
from trainer.runs.training_log import EpochResult, TrainingLog
from trainer.training.checkpoint import Checkpoint
from trainer.training.watch import Watch


class Recording(keras.callbacks.Callback):  # type: ignore[misc]
    """Stands behind every callback that decides something, so that it records what they decided.

    Attributes:
        epoch: whole epochs done.
        was_stopped: whether somebody asked for the end of the training, and got it.
    """

    def __init__(self, log: TrainingLog | None, checkpoint: Checkpoint, watch: Watch) -> None:
        super().__init__()
        self.epoch = checkpoint.epoch
        self.was_stopped = False
        self._log = log
        self._checkpoint = checkpoint
        self._watch = watch
        self._steps = 0
        self._started = 0.0

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
        """Start the clock."""
        self._steps = 0
        self._started = time.monotonic()

    def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
        """Tell who watches, and end the training where somebody asked for it.

        Raises:
            DivergedError: the loss is no number.
        """
        self._steps += 1
        if not math.isfinite(logs["loss"]):
            raise _diverged(f"the loss is {logs['loss']}", self.epoch)
        self._watch.step(self._steps, logs["loss"])
        if self._watch.interruption.is_requested:
            self.model.stop_training = self.was_stopped = True

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        """Record it, unless it was cut short.

        Raises:
            DivergedError: the network is not worth keeping; the last checkpoint stays as it is.
        """
        if self._steps < self.params["steps"]:
            return
        if not all(np.isfinite(weights).all() for weights in self.model.get_weights()):
            raise _diverged("the weights are no numbers", self.epoch)
        if not math.isfinite(logs["val_loss"]):
            raise _diverged(f"the held-out loss is {logs['val_loss']}", self.epoch)
        result = EpochResult(
            epoch=epoch + 1,
            loss=logs["loss"],
            accuracy=logs["accuracy"],
            val_loss=logs["val_loss"],
            val_accuracy=logs["val_accuracy"],
            learning_rate=logs["learning_rate"],
            seconds=time.monotonic() - self._started,
        )
        if self._log is not None:
            self._log.append(result)
        self._checkpoint.save(epoch + 1)
        self.epoch = epoch + 1
        self._watch.epoch(result)


def _diverged(what: str, epochs: int) -> DivergedError:
    kept = "; the epochs before are kept" if epochs else ""
    return DivergedError(
        f"{what} in epoch {epochs + 1}{kept}: begin again with a smaller learning_rate, or with "
        "precision=float32"
    )
