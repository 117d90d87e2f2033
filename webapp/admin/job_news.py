"""What has become of the jobs that a page has given: the last of its kind, and those that run."""

from __future__ import annotations

from collections.abc import Callable

from webapp.jobs.tables import Job
from webapp.services import services

_LOOKED_AT = 200  # jobs, the newest


def last_job(kind: str, is_meant: Callable[[Job], bool] = lambda job: True) -> Job | None:
    """The newest job of a kind, or None.

    Args:
        kind: a key of :data:`webapp.jobs.kinds.KINDS`.
        is_meant: whether the page is about this job.
    """
    jobs = services().jobs.list(_LOOKED_AT)
    return next((job for job in jobs if job.kind == kind and is_meant(job)), None)
