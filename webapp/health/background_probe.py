"""Looks at something that may be slow, in a thread of its own, so that no request waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

import structlog

Found = TypeVar("Found")
_log = structlog.get_logger()


class BackgroundProbe(Generic[Found]):
    """Remembers what was found last, and looks again when somebody asks after a while."""

    def __init__(self, look: Callable[[], Found], before: Found, every_seconds: float) -> None:
        """Look at nothing yet.

        Args:
            look: finds out how things are.
            before: what is said until it has been looked for the first time.
            every_seconds: how old an answer may be before it is looked again.
        """
        self._look = look
        self._found = before
        self._every_seconds = every_seconds
        self._next = 0.0
        self._looking = Lock()
        self._done = Event()

    def latest(self, patience_seconds: float = 0.0) -> Found:
        """Tell what was found last; waits so long for the look that this very question begins."""
        if time.monotonic() >= self._next and self._looking.acquire(blocking=False):
            self._done.clear()
            try:
                Thread(target=self._go, name="background-probe", daemon=True).start()
            except RuntimeError:  # there are too many threads; the next question may begin one
                self._looking.release()
                self._done.set()
        if patience_seconds:
            self._done.wait(patience_seconds)
        return self._found

    def _go(self) -> None:
        try:
            self._found = self._look()
        except Exception as error:  # whatever it is, the next look may succeed
            _log.error("the state of the server cannot be told", exc_info=error)
        finally:
            self._next = time.monotonic() + self._every_seconds
            self._looking.release()
            self._done.set()
