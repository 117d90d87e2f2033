"""The pictures of how a training went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.report.language import gettext as _
from trainer.report.language import number
from trainer.report.pictures.picture import Picture
from trainer.report.plots.curves import plot_curves
from trainer.report.wording import percent
from trainer.runs.training_log import EpochResult


def training_pictures(log: Sequence[EpochResult]) -> Iterator[Picture]:
    """The curves of loss, accuracy and learning rate; nothing where there is no epoch."""
    if not log:
        return
    epochs, last = [result.epoch for result in log], log[-1]
    loss = {
        _("training"): [result.loss for result in log],
        _("held out"): [result.val_loss for result in log],
    }
    accuracy = {
        _("training"): [result.accuracy for result in log],
        _("held out"): [result.val_accuracy for result in log],
    }
    rate = {_("learning rate"): [result.learning_rate for result in log]}
    yield Picture(
        "loss", _("Loss"),
        _("Training samples are changed at random and their targets may be smoothed, so their loss "
          "can lie above the held-out one."),
        _after(last, number(last.loss, ".4f"), number(last.val_loss, ".4f")),
        lambda theme: plot_curves(theme, epochs, loss, _("cross-entropy")),
    )  # fmt: skip
    yield Picture(
        "accuracy", _("Accuracy"),
        _("On training samples, which are changed at random, and on held-out ones as they are."),
        _after(last, percent(last.accuracy), percent(last.val_accuracy)),
        lambda theme: plot_curves(theme, epochs, accuracy, _("share that is right")),
    )  # fmt: skip
    yield Picture(
        "learning-rate", _("Learning rate"), _("At the end of each epoch."),
        _("From %(first)s after epoch %(epoch)s to %(last)s.", epoch=log[0].epoch,
          first=number(log[0].learning_rate, "g"), last=number(last.learning_rate, "g")),
        lambda theme: plot_curves(theme, epochs, rate, _("learning rate")),
    )  # fmt: skip


def _after(last: EpochResult, training: str, held_out: str) -> str:
    return _(
        "After epoch %(epoch)s: %(training)s in training, %(held_out)s held out.",
        epoch=last.epoch, training=training, held_out=held_out,
    )  # fmt: skip
