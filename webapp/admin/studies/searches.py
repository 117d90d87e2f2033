"""The jobs that search: which of them wait or run, and how the last one of a study ended."""

from __future__ import annotations

from collections.abc import Sequence

from webapp.admin.job_news import last_job
from webapp.admin.studies.places import LOCAL
from webapp.jobs.tables import ACTIVE, Job
from webapp.services import services

_MOST = 100
KIND = "tune"


def active_searches() -> Sequence[Job]:
    """List the searches that wait for a worker or have one, the newest first."""
    return services().jobs.list(_MOST, states=ACTIVE, kind=KIND)


def last_search(place_key: str, study: str) -> Job | None:
    """Find the newest job that works, worked or will work for a study."""
    return last_job(KIND, lambda job: is_for(job, place_key, study))


def is_for(job: Job, place_key: str, study: str) -> bool:
    """Whether a search is one of this study."""
    is_here = job.arguments["is_shared"] == (place_key != LOCAL)
    return bool(is_here and job.arguments["study"] == study)
