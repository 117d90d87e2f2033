"""What has become of the jobs that a page has given, and what keeps a form from giving two."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from flask import Flask, request

from webapp.jobs.tables import Job
from webapp.services import services

_LOOKED_AT = 200  # jobs of one kind, the newest


def init_app(app: Flask) -> None:
    """Let forms hold a ticket, which makes them give one job, however often they are sent."""
    app.jinja_env.globals["new_ticket"] = secrets.token_urlsafe


def last_job(kind: str, is_meant: Callable[[Job], bool] = lambda job: True) -> Job | None:
    """Find the newest job of a kind; None where there is none.

    Args:
        kind: a key of :data:`webapp.jobs.kinds.KINDS`.
        is_meant: whether the page is about this job.
    """
    return next(filter(is_meant, services().jobs.list(_LOOKED_AT, kind=kind)), None)


def is_active(job: Job | None) -> bool:
    """Whether there is a job and it waits or runs."""
    return job is not None and not job.is_over


def sent_ticket() -> str | None:
    """Read the ticket of the form that was sent."""
    return request.form.get("ticket")
