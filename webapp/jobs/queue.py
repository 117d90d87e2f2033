"""The queue that tells workers of new jobs: Huey on SQLite or Redis, with nothing but ids in it.

What a message says is only a hint.  One that is lost is made up for by looking into the table of
jobs, and one that comes twice is answered by a claim that fails (:mod:`webapp.jobs.claims`).
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import structlog

_log = structlog.get_logger()


class JobQueue:
    """One queue for each lane; opened when it is first used, so that forks have their own."""

    def __init__(self, url: str, folder: Path) -> None:
        """``url``: of a Redis; empty for a SQLite file in ``folder``."""
        self._url = url
        self._folder = folder
        self._lanes: dict[str, Any] = {}

    def put(self, lane: str, job_id: int) -> None:
        """Tell the workers of a job; where that is not possible they find it in the table."""
        lanes = _huey()
        try:
            self._task(lane)(job_id)
        except lanes.UNREACHABLE as error:
            _log.warning("the queue cannot be reached", job=job_id, reason=str(error))

    def take(self, lane: str) -> int | None:
        """The id of the next job, or None where the queue has none or cannot be reached."""
        lanes = _huey()
        try:
            message = self._task(lane).huey.dequeue()
            return None if message is None else int(message.args[0])
        except lanes.UNREACHABLE as error:
            _log.warning("the queue cannot be reached", reason=str(error))
        except lanes.UNREADABLE as error:
            _log.warning("a message is not one of ours", reason=repr(error))
        return None

    def _task(self, lane: str) -> Any:
        if lane not in self._lanes:
            self._lanes[lane] = _huey().open_lane(lane, self._url, self._folder)
        return self._lanes[lane]


def _huey() -> Any:
    return import_module("webapp.jobs.lanes")  # which says why only now
