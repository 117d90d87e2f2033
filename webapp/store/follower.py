"""Follow the store: one worker of a machine asks it time and again whether another run is to serve.

It fetches what is new into the models folder, where every worker's registry finds it as it finds
what is activated here.  Which worker it is, a lock decides, so another takes over when it ends.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import structlog

from recognizer.errors import RunError, reason_of
from recognizer.file_lock import take_lock
from trainer.errors import TrainerError
from trainer.release.store.mirror import follow
from trainer.release.store.run_store import RunStore
from webapp.store.state import RENEWED_SECONDS, StoreState, write_state

LOCK = ".store.lock"
LONGEST_PAUSE_SECONDS = 10.0  # between two tries while the store is away

_NOTHING = object()  # no version of anything
_log = structlog.get_logger()


class StoreFollower:
    """A thread of this process; it must be started behind the fork, for s3fs has threads too."""

    def __init__(self, address: str, models: Path, poll_seconds: float) -> None:
        """Ask nothing yet.

        Args:
            address: of the store.
            models: the folder that workers serve from.
            poll_seconds: how often the store is asked.
        """
        self._address = address
        self._models = models
        self._poll_seconds = poll_seconds
        self._store: RunStore | None = None
        self._seen: object = _NOTHING
        self._trouble: str | None = None
        self._told_at = float("-inf")
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)

    def start(self) -> None:
        """Follow from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Ask for the end; what is being fetched may be left behind, and does no harm."""
        self._stopped.set()

    def _work(self) -> None:
        while (lock := self._take_lock()) is None:
            if self._stopped.wait(self._poll_seconds):
                return
        pause = self._poll_seconds
        try:
            while not self._stopped.is_set():
                self._look()
                self._tell()
                pause = self._poll_seconds if self._trouble is None else 2 * pause
                pause = min(pause, max(self._poll_seconds, LONGEST_PAUSE_SECONDS))
                self._stopped.wait(pause)
        finally:
            os.close(lock)

    def _take_lock(self) -> int | None:
        """The lock, or None while another worker of this machine has it, or nobody can have it."""
        try:
            self._models.mkdir(parents=True, exist_ok=True)
            with ExitStack() as undo:
                lock = os.open(self._models / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                undo.callback(os.close, lock)
                if take_lock(lock, waits=False):
                    undo.pop_all()
                    return lock
        except OSError as error:
            self._notice(f"{self._models / LOCK} cannot be locked: {reason_of(error)}")
            self._tell()
        return None

    def _look(self) -> None:
        try:
            # Each time, until it could be: requirements/s3.txt may be missing.
            self._store = self._store or RunStore(self._address)
            version = self._store.version()
            if version != self._seen or self._trouble is not None:
                run = follow(self._store, self._models)
                self._seen = version
                _log.info("the store is followed", run=run)
            self._notice(None)
        except (RunError, TrainerError) as error:
            self._notice(str(error))
        except Exception as error:  # whatever it is, the next look may succeed
            self._notice(f"{type(error).__name__}: {error}", error)

    def _notice(self, trouble: str | None, error: Exception | None = None) -> None:
        """Remember what is wrong, if anything; the log and the other workers are told of it once.

        Args:
            trouble: a sentence.
            error: a mistake of ours, whose traceback belongs into the log.
        """
        if trouble is not None and trouble != self._trouble:
            _log.error("the store is not followed", reason=trouble, exc_info=error)
        if trouble != self._trouble:
            self._told_at = float("-inf")
        self._trouble = trouble

    def _tell(self) -> None:
        if time.monotonic() - self._told_at < RENEWED_SECONDS:
            return
        self._told_at = time.monotonic()
        with suppress(OSError):  # then the others say that nobody asks
            write_state(self._models, StoreState(self._trouble))
