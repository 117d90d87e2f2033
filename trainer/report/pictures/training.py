"""The pictures of how a training went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.evaluation.wording import percent
from trainer.report.pictures.picture import Picture
from trainer.report.plots.curves import plot_curves
from trainer.runs.training_log import EpochResult


def training_pictures(log: Sequence[EpochResult]) -> Iterator[Picture]:
    """The curves of loss, accuracy and learning rate; nothing where there is no epoch."""
    if not log:
        return
    epochs, last = [result.epoch for result in log], log[-1]
    loss = {
        "training": [result.loss for result in log],
        "held out": [result.val_loss for result in log],
    }
    accuracy = {
        "training": [result.accuracy for result in log],
        "held out": [result.val_accuracy for result in log],
    }
    rate = {"learning rate": [result.learning_rate for result in log]}
    yield Picture(
        "loss", "Loss", "Training samples are changed at random and their targets may be smoothed, "
        "so their loss can lie above the held-out one.",
        f"After epoch {last.epoch}: {last.loss:.4f} in training, {last.val_loss:.4f} held out.",
        lambda theme: plot_curves(theme, epochs, loss, "cross-entropy"),
    )  # fmt: skip
    yield Picture(
        "accuracy", "Accuracy",
        "On training samples, which are changed at random, and on held-out ones as they are.",
        f"After epoch {last.epoch}: {percent(last.accuracy)} in training, "
        f"{percent(last.val_accuracy)} held out.",
        lambda theme: plot_curves(theme, epochs, accuracy, "share that is right"),
    )  # fmt: skip
    yield Picture(
        "learning-rate", "Learning rate", "At the end of each epoch.",
        f"From {log[0].learning_rate:g} after epoch {log[0].epoch} to {last.learning_rate:g}.",
        lambda theme: plot_curves(theme, epochs, rate, "learning rate"),
    )  # fmt: skip
