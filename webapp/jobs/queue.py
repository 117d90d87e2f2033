"""The queue that tells workers of new jobs: Huey on SQLite or Redis, with nothing but ids in it.

What a message says is only a hint.  One that is lost is made up for by looking into the table of
jobs, and one that comes twice is answered by a claim that fails (:mod:`webapp.jobs.claims`).
"""

from __future__ import annotations

import json
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any

import structlog
from huey import Huey, RedisHuey, SqliteHuey
from huey.exceptions import HueyException
from huey.registry import Message
from huey.serializer import Serializer
from redis.exceptions import RedisError

_UNREACHABLE = (RedisError, SqliteError, OSError)
_UNREADABLE = (HueyException, ValueError, TypeError, LookupError)
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
        try:
            self._task(lane)(job_id)
        except _UNREACHABLE as error:
            _log.warning("the queue cannot be reached", job=job_id, reason=str(error))

    def take(self, lane: str) -> int | None:
        """The id of the next job, or None where the queue has none or cannot be reached."""
        try:
            message = self._task(lane).huey.dequeue()
            return None if message is None else int(message.args[0])
        except _UNREACHABLE as error:
            _log.warning("the queue cannot be reached", reason=str(error))
        except _UNREADABLE as error:
            _log.warning("a message is not one of ours", reason=repr(error))
        return None

    def _task(self, lane: str) -> Any:
        if lane not in self._lanes:
            self._lanes[lane] = self._open(lane).task(name="run_job")(_run_job)
        return self._lanes[lane]

    def _open(self, lane: str) -> Huey:
        settings: dict[str, Any] = {
            "name": f"net-{lane}", "results": False, "serializer": _PlainMessages()
        }  # fmt: skip
        if self._url:
            return RedisHuey(url=self._url, blocking=False, **settings)
        self._folder.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(filename=str(self._folder / "queue.db"), strict_fifo=True, **settings)


class _PlainMessages(Serializer):  # type: ignore[misc]
    """JSON instead of pickle: whoever can write to the queue shall not run code here."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


def _run_job(job_id: int) -> None:
    """What the messages name; a worker reads the id out of them and never calls it."""
    raise NotImplementedError("jobs are run by `python -m webapp.jobs.worker`")
