"""How far a training is, in words: the same on the page of its job and on that of its run."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_babel import gettext as _

from trainer.runs.details import Progress
from webapp.admin.runs.wording import duration
from webapp.admin.training.wording import network_name


def share_done(progress: Progress | None) -> float | None:
    """Tell how much of the network at hand is trained, 0-1; None where that is not known."""
    if progress is None:
        return None
    epoch, step = progress.epoch or 0, progress.step or 0
    epochs, steps = progress.epochs or 0, progress.steps or 0
    if epochs * steps <= 0:
        return None
    return min(1.0, max(0.0, ((epoch - 1) * steps + step) / (epochs * steps)))


def progress_words(progress: Progress | None) -> str:
    """Say how far a training is; there is no progress before it has begun."""
    share = share_done(progress)
    if progress is None or share is None:
        return str(_("Getting ready: reading the data, building the network."))
    network = network_name(progress.network)
    if share >= 1:
        return str(_("%(network)s: trained; now being exported and measured.", network=network))
    words = [_("%(network)s: epoch %(epoch)s of %(epochs)s, batch %(step)s of %(steps)s",
               network=network, epoch=progress.epoch, epochs=progress.epochs,
               step=progress.step, steps=progress.steps)]  # fmt: skip
    if (loss := progress.loss) is not None:
        words.append(_("loss so far %(loss)s", loss=format_decimal(round(loss, 4), "0.####")))
    if (left := progress.seconds_left) is not None:
        words.append(_("about %(time)s left for this network", time=duration(left)))
    return "; ".join(map(str, words)) + "."
