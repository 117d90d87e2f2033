"""The sentences that the run pages' JavaScript writes, translated here."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp.pages.messages import Messages


def run_messages() -> Messages:
    """Make the sentences of a run's page by key."""
    return {
        "run.epoch": _("Epoch"),
        "run.accuracy": _("Accuracy"),
        "run.loss": _("Loss"),
        "run.learning_rate": _("Learning rate"),
        "run.training": _("training"),
        "run.validation": _("validation"),
        "run.live": _("Live"),
        "run.polling": _("Asking every few seconds"),
        "run.lost": _("No connection; trying again."),
        "run.not_loaded": _("The samples cannot be loaded; please try again."),
        "network.lost": _("No connection; trying again."),
        "network.refused": _("The server answered with an error (%(status)s)."),
    }
