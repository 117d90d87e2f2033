"""The run that is served now, and the thread that notices when another one shall be.

Requests read one attribute and never wait: a new run is loaded and tried in the
background and swapped in when it is ready, and one that cannot be loaded, or
does not read what is known, leaves the old one serving.  What a run must
fulfil is for :mod:`recognizer.runs.loaded_run` and :mod:`recognizer.runs.self_test`.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import weakref
from pathlib import Path

from recognizer.errors import NoModelError, RecognizerError
from recognizer.runs.loaded_run import LoadedRun, load_run
from recognizer.runs.pointer import POINTER, activate, read_current
from recognizer.runs.self_test import self_test

__all__ = ["LoadedRun", "Registry", "activate"]

_LONGEST_PAUSE_SECONDS = 60.0  # between two tries after an input/output error

_log = logging.getLogger(__name__)
_registries: weakref.WeakSet[Registry] = weakref.WeakSet()  # those that a forked child re-arms


class Registry:
    """Serves the run that ``models/current`` names.

    Attributes:
        last_error: why the newest ``current`` is not served; None when it is.
    """

    def __init__(self, models_folder: Path, poll_seconds: float = 0.5) -> None:
        """Remember the folder; nothing is read before it is needed.

        Args:
            models_folder: holds the runs and the file ``current``.
            poll_seconds: how often a started watcher looks for another ``current``.
        """
        self.last_error: str | None = None
        self._folder = models_folder
        self._poll_seconds = poll_seconds
        self._run: LoadedRun | None = None
        self._seen: object = None  # the files' state when they were last read
        self._retry_at = float("inf")
        self._pause_seconds = poll_seconds
        self._lock = threading.Lock()  # of everything above; readers of _run need none
        self._stop: threading.Event | None = None
        self._thread: threading.Thread | None = None
        _registries.add(self)

    def current(self) -> LoadedRun:
        """The run that is served.

        Only the first call reads the disk; without :meth:`start_watching` its run stays.

        Raises:
            NoModelError: there is none, and why.
        """
        if self._run is None:
            self.refresh()
            if self._run is None:
                raise NoModelError(self.last_error or "no run is served")
        return self._run

    def refresh(self) -> None:
        """Serve another run if ``current`` or the run it names has changed.

        Cheap when nothing has.  Never raises: what is wrong is logged, once, and stands in
        ``last_error``.
        """
        with self._lock:
            seen = _state(self._folder)
            if seen != self._seen or time.monotonic() >= self._retry_at:
                self._load()
                self._seen = seen  # last: a child forked while we load must load by itself

    def start_watching(self) -> None:
        """Refresh in the background from now on, in this process and in those forked from it."""
        if self._thread is None:
            self._stop = threading.Event()
            arguments = (weakref.ref(self), self._stop, self._poll_seconds)
            self._thread = threading.Thread(
                target=_watch, args=arguments, name="models/current", daemon=True
            )
            self._thread.start()

    def stop_watching(self) -> None:
        """End the background thread; returns when it has ended."""
        if self._thread is not None and self._stop is not None:
            self._stop.set()
            self._thread.join()
            self._thread = None

    def _load(self) -> None:
        self._retry_at = float("inf")
        try:
            run = load_run(self._folder, read_current(self._folder))
            self_test(run)
        except Exception as error:  # whatever it is, the old run must stay
            self._fail(error)
            return
        self._run = run
        self.last_error = None
        self._pause_seconds = self._poll_seconds
        _log.info("serving the run %s", run.name)

    def _fail(self, error: Exception) -> None:
        unexpected = not isinstance(error, RecognizerError)
        if str(error) != self.last_error:
            serving = self._run.name if self._run else "no run"
            trace = error if unexpected else None
            _log.error("still serving %s: %s", serving, error, exc_info=trace)
        self.last_error = str(error)
        if unexpected or isinstance(error.__cause__, OSError):  # may pass without a file changing
            self._retry_at = time.monotonic() + self._pause_seconds
            self._pause_seconds = min(2 * self._pause_seconds, _LONGEST_PAUSE_SECONDS)

    def _after_fork(self) -> None:
        """Begin anew in a forked child: threads do not survive, and locks may have been held."""
        self._lock = threading.Lock()
        if self._thread is not None:
            self._thread = None
            self.start_watching()


def _watch(reference: weakref.ref[Registry], stop: threading.Event, poll_seconds: float) -> None:
    """Refresh until told to stop, or until nobody holds the registry any more."""
    while not stop.wait(poll_seconds):
        registry = reference()
        if registry is None:
            return
        registry.refresh()
        del registry


def _state(folder: Path) -> object:
    """What changes when ``current``, or a file of the run it names, is replaced or written to."""
    pointer = folder / POINTER
    try:
        name = pointer.read_bytes()[:1024]
        status = pointer.stat()
        with os.scandir(folder / os.fsdecode(name.strip())) as entries:
            files = sorted(_file_state(entry.name, entry.stat()) for entry in entries)
    except (OSError, ValueError) as error:
        return str(error)
    return name, _file_state(POINTER, status), files


def _file_state(name: str, status: os.stat_result) -> tuple[str, int, int, int]:
    return name, status.st_mtime_ns, status.st_ino, status.st_size


def _rearm_after_fork() -> None:
    for registry in list(_registries):
        registry._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_rearm_after_fork)
