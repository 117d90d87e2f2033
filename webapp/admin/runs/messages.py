"""The sentences that the run pages' JavaScript writes, translated here."""

from __future__ import annotations

from flask_babel import gettext as _

Messages = dict[str, str]


def run_messages() -> Messages:
    """What the page of a run says, by key."""
    return {
        "run.epoch": _("Epoch"),
        "run.accuracy": _("Accuracy"),
        "run.loss": _("Loss"),
        "run.learning_rate": _("Learning rate"),
        "run.training": _("training"),
        "run.validation": _("validation"),
        "run.progress": _(
            "%(network)s: epoch %(epoch)s of %(epochs)s, batch %(step)s of %(steps)s"
        ),
        "run.network": _("Main network"),
        "run.network_without": _("Network that never sees %(site)s"),
        "run.loss_now": _("loss so far %(loss)s"),
        "run.left": _("about %(time)s left for this network"),
        "run.hours": _("%(hours)s h %(minutes)s min"),
        "run.minutes": _("%(minutes)s min %(seconds)s s"),
        "run.seconds": _("%(seconds)s s"),
        "run.waiting": _("Waiting for a worker."),
        "run.preparing": _("Preparing the data…"),
        "run.live": _("Live"),
        "run.polling": _("Asking every few seconds"),
        "run.lost": _("No connection; trying again."),
        "run.not_loaded": _("The samples cannot be loaded; please try again."),
    }
