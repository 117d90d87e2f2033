"""Note what the person signed in has done."""

from __future__ import annotations

from flask import has_request_context
from flask_login import current_user

from webapp.audit.lines import COMMAND_LINE, write
from webapp.limiting.addresses import client_address
from webapp.request_log import note
from webapp.services import services


def record(action: str, subject: str = "", **details: object) -> None:
    """Add a line about the person signed in (or nobody) and the address of the present request.

    Call it after a database session has ended, never inside one.

    Args:
        action: as ``run.activate``, ``job.submit``, ``user.add``, ``sign_in.failed``.
        subject: what it was done to: a run's name, a user's.
        details: whatever else JSON can say about it.
    """
    person, address = COMMAND_LINE, ""
    if has_request_context():
        person = current_user.name if current_user.is_authenticated else ""
        address = client_address()
        note(action=action)
    write(services().database, person, address, action, subject, details)
