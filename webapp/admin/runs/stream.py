"""Server-sent events about a training: each new epoch, and how far it is.

A stream holds one of the worker's threads, so there are few of them at a time and each ends by
itself, well before a request is cut off; the browser then comes again and says, as
``Last-Event-ID``, which epoch it had last.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from werkzeug.exceptions import NotFound

from webapp.admin.runs.curves import epochs_of
from webapp.admin.runs.seen_run import SeenRun

RETRY_MILLISECONDS = 500  # after which a browser comes again
_LOOK_SECONDS = 1.0
_LONGEST_SECONDS = 20.0
_SHARE_OF_REQUEST = 0.5  # of the time after which a request is cut off
_SHARE_OF_THREADS = 4  # one thread in so many


def most_streams(threads: int) -> int:
    """How many streams a process may hold at a time.

    Args:
        threads: that the process answers requests with.
    """
    return max(1, threads // _SHARE_OF_THREADS)


def seconds_of(request_seconds: float) -> float:
    """How long a stream lasts, where requests are cut off after ``request_seconds``."""
    return min(_LONGEST_SECONDS, _SHARE_OF_REQUEST * request_seconds)


def events(
    look: Callable[[], SeenRun],
    may_look: Callable[[], bool],
    tell: Callable[[SeenRun], Mapping[str, Any]],
    after: int,
    seconds: float,
) -> Iterator[str]:
    """Tell what happens to a run, as the lines of an event stream.

    Args:
        look: sees the run as it is now.
        may_look: whether the reader is still signed in; the stream ends when not.
        tell: how far a run is, in words; as :func:`webapp.admin.runs.curves.progress_of`.
        after: the epoch that the reader has already; 0 for none.
        seconds: after which the stream ends.

    Yields:
        ``epochs`` (a list of new epochs; the id is the last one's number; ``is_anew`` where the
        log was cut, so what the reader has is void) and ``progress``; the last event of a run
        that is at its end is ``over``.
    """
    end = time.monotonic() + seconds
    told: object = None
    yield f"retry: {RETRY_MILLISECONDS}\n\n"
    while True:
        if not may_look():
            yield _event("over", {"status": "signed_out"})
            return
        try:
            run = look()
        except NotFound:
            yield _event("over", {"status": "removed"})
            return
        news = epochs_after(run, after)
        if news["epochs"] or news["is_anew"]:
            after = news["count"]
            yield _event("epochs", news, after)
        progress = tell(run)
        if progress != told:
            told = progress
            yield _event("progress" if run.is_live else "over", progress)
        if not run.is_live or time.monotonic() + _LOOK_SECONDS > end:
            return
        yield ":\n\n"  # a comment; who is gone is noticed when something is written to them
        time.sleep(_LOOK_SECONDS)


def epochs_after(run: SeenRun, after: int) -> dict[str, Any]:
    """Read a run's epochs behind the ``after``-th.

    Returns:
        ``epochs``, ``count`` of all, and ``is_anew``: whether there are fewer than ``after``
        (a resumed training writes some again), so that all of them are given.
    """
    epochs = epochs_of(run)
    is_anew = len(epochs) < after
    return {"epochs": epochs if is_anew else epochs[after:], "count": len(epochs),
            "is_anew": is_anew}  # fmt: skip


def _event(name: str, data: Mapping[str, Any], number: int | None = None) -> str:
    identity = "" if number is None else f"id: {number}\n"
    return f"{identity}event: {name}\ndata: {json.dumps(data)}\n\n"
