"""One lane of the queue as Huey has it, on SQLite or Redis.

Imported when a job is first asked for or taken: Huey brings the drivers of every database that it
can use, 17 MB and 0.1 s that a web process which only answers drawings does without.
"""

from __future__ import annotations

import json
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey
from huey.exceptions import HueyException
from huey.registry import Message
from huey.serializer import Serializer
from redis.exceptions import RedisError

from webapp.private_files import make_private_file

UNREACHABLE = (RedisError, SqliteError, OSError)
UNREADABLE = (HueyException, ValueError, TypeError, LookupError)


def open_lane(lane: str, url: str, folder: Path) -> Any:
    """Open a lane; returns the task that puts a job's id into it.

    Args:
        lane: its name.
        url: of a Redis; empty for a SQLite file in ``folder``.
        folder: made if it is missing.
    """
    return _open(lane, url, folder).task(name="run_job")(_run_job)


def _open(lane: str, url: str, folder: Path) -> Huey:
    settings: dict[str, Any] = {
        "name": f"net-{lane}", "results": False, "serializer": _PlainMessages()
    }  # fmt: skip
    if url:
        return RedisHuey(url=url, blocking=False, **settings)
    file = folder / "queue.db"
    make_private_file(file)
    return SqliteHuey(filename=str(file), strict_fifo=True, **settings)


class _PlainMessages(Serializer):  # type: ignore[misc]
    """JSON instead of pickle: whoever can write to the queue shall not run code here."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


def _run_job(job_id: int) -> None:
    """What the messages name; a worker reads the id out of them and never calls it."""
    raise NotImplementedError("jobs are run by `python -m webapp.jobs.worker`")
