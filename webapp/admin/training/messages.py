"""What the JavaScript of the pages about jobs says."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp.pages.messages import Messages


def job_messages() -> Messages:
    """Return the sentences, by key."""
    return {
        "job.state": _("%(title)s: %(state)s"),
        "log.unreachable": _("The server does not answer. Trying again…"),
    }
