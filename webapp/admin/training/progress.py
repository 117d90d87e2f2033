"""How far a training is, in words: the same on the page of its job and on that of its run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from webapp.admin.runs.wording import duration, is_figure
from webapp.admin.training.wording import network_name


def share_done(progress: Mapping[str, Any]) -> float | None:
    """How much of the network at hand is trained, 0-1; None where that is not known.

    Args:
        progress: as run.json has it.
    """
    counts = [progress.get(key) for key in ("epoch", "epochs", "step", "steps")]
    epoch, epochs, step, steps = (count if is_figure(count) else 0 for count in counts)
    if epochs * steps <= 0:
        return None
    return min(1.0, max(0.0, float(((epoch - 1) * steps + step) / (epochs * steps))))


def progress_words(progress: Mapping[str, Any]) -> str:
    """A sentence about a training that goes on; ``progress`` is empty before it has begun."""
    share = share_done(progress)
    if share is None:
        return str(_("Getting ready: reading the data, building the network."))
    network = network_name(str(progress.get("network")))
    if share >= 1:
        return str(_("%(network)s: trained; now being exported and measured.", network=network))
    words = [_("%(network)s: epoch %(epoch)s of %(epochs)s, batch %(step)s of %(steps)s",
               **{**progress, "network": network})]  # fmt: skip
    if is_figure(loss := progress.get("loss")):
        words.append(_("loss so far %(loss)s", loss=format_decimal(round(loss, 4), "0.####")))
    if is_figure(left := progress.get("seconds_left")):
        words.append(_("about %(time)s left for this network", time=duration(left)))
    return "; ".join(map(str, words)) + "."
