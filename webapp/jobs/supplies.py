"""What jobs read of the database: private files that are there while a job is at work.

What people drew is kept in the database alone, from which they can take it back.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from recognizer.runs.folder import read_details, run_path
from webapp.jobs.kinds import KINDS, Place
from webapp.jobs.tables import Job
from webapp.private_files import make_private_folder, private_opener

Lines = Callable[[], Iterable[str]]


class Supplies:
    """The files of the jobs that workers of one place are at."""

    def __init__(self, place: Place, trained_on: Lines, held_out: Lines) -> None:
        """Remember the place, and where the lines come from.

        Args:
            place: of the jobs.
            trained_on: gives the corrections that may be trained on now, a JSON line each.
            held_out: gives those that are held out.
        """
        self._place = place
        self._trained_on = trained_on
        self._held_out = held_out

    def lay_out(self, job: Job) -> None:
        """Write what a job is going to read.

        Raises:
            RunError: its run is not there any more.
            OSError: it cannot be written.
            DatabaseAwayError: it cannot be read.
        """
        kind = KINDS[job.kind]
        if job.run and kind.asks_gates:
            _write(self._place.held_out_for(job.run), self._held_out())
        if job.run and kind.trains:
            self._lay_out_training(job.run)

    def names(self) -> set[str]:
        """The runs and jobs for which there are files, also left ones of workers that are dead."""
        folder = self._place.corrections
        return {path.name for path in folder.iterdir()} if folder.is_dir() else set()

    def clear_away(self, names: Iterable[str]) -> None:
        """Remove the files of some of them."""
        for name in names:
            shutil.rmtree(self._place.corrections / name, ignore_errors=True)

    def _lay_out_training(self, run: str) -> None:
        path = self._place.corrections_for(run)
        if str(path) in read_details(run_path(self._place.models, run)).get("added", []):
            _write(path, self._trained_on())


def _write(path: Path, lines: Iterable[str]) -> None:
    make_private_folder(path.parent.parent)
    make_private_folder(path.parent)
    with open(path, "w", encoding="utf-8", opener=private_opener) as file:
        file.writelines(lines)
