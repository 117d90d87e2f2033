"""A few runs kept ready to answer, besides the one that is served: for trying one against another.

Each takes some ten megabytes in each worker, so the one that was not asked for longest makes room.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from recognizer.errors import RunError
from recognizer.runs.folder import run_path
from recognizer.runs.loaded_run import LoadedRun, load_run

KEPT = 4


class LoadedRuns:
    """Runs of one folder, loaded when they are asked for."""

    def __init__(self, models: Path, kept: int = KEPT) -> None:
        """Remember the folder of the runs, and how many may be kept at a time."""
        self._models = models
        self._kept = kept
        self._runs: OrderedDict[tuple[object, ...], LoadedRun] = OrderedDict()
        self._lock = Lock()  # while one is loaded nobody needs to load another beside it

    def get(self, name: str) -> LoadedRun:
        """Load a run by its name and verify it, or give the one that is kept.

        Raises:
            RunError: it cannot be served, and why.
        """
        key = self._key(name)
        with self._lock:
            run = self._runs.pop(key, None) or load_run(self._models, name)
            self._runs[key] = run
            while len(self._runs) > self._kept:
                self._runs.popitem(last=False)
        return run

    def __len__(self) -> int:
        return len(self._runs)

    def _key(self, name: str) -> tuple[object, ...]:
        """Identify a run: one that was stopped may have been continued under its name."""
        try:
            status = (run_path(self._models, name) / "run.json").stat()
        except OSError as error:
            raise RunError(f"{name}: run.json cannot be read: {error.strerror}") from error
        return name, status.st_mtime_ns, status.st_ino
