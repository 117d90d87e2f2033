"""The sentences that the JavaScript of the page of corrections writes."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp.pages.messages import Messages


def review_messages() -> Messages:
    """What the review says, by key."""
    return {
        "review.chosen": _("Chosen: %(number)s."),
        "review.none": _("Choose a drawing first."),
        "review.nothing": _("There is nothing to undo."),
        "review.gone": _("This drawing is not there any more: it was taken back or removed."),
        "review.end": _("That was the last drawing."),
        "review.failed": _("It was not done. Load the page again."),
    }
