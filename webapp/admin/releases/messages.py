"""The sentences that the JavaScript of the trial page writes."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp.pages.messages import Messages, drawing_messages


def trial_messages() -> Messages:
    """Make the sentences by key: what the drawing page says of an answer, and a few more."""
    return {
        **drawing_messages(),
        "trial.lost": _("The server does not answer. Draw on to ask again."),
        "trial.signed_out": _("You are not signed in any more. Load the page again."),
        "trial.agree": _("Both say the same."),
        "trial.differ": _("They differ."),
    }
