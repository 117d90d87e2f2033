"""One run as the pages see it: in any state, of any version, or broken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import abort

from recognizer.errors import RunError
from recognizer.runs.folder import MODEL_FILE, read_details, run_path
from recognizer.runs.loaded_run import explanation_file
from trainer.runs.details import NOTHING_KNOWN, RunDetails, parse_details
from trainer.runs.listing import BROKEN, current_name
from trainer.runs.state import observe

LIVE = ("queued", "running")  # what changes while somebody looks at it
TRAINED = ("finished", "stopped")


@dataclass(frozen=True)
class SeenRun:
    """A run, as its folder was a moment ago.

    Attributes:
        folder: of the run.
        status: as observed: ``failed`` where its process was killed, ``broken`` where its
            run.json cannot be read.
        is_current: whether it is the one that is served.
        problem: why it failed, or what is wrong with a broken one.
        details: what its run.json holds; nothing for a broken one.
    """

    folder: Path
    status: str
    is_current: bool
    problem: str | None = None
    details: RunDetails = NOTHING_KNOWN

    @property
    def name(self) -> str:
        """The name of the run's folder."""
        return self.folder.name

    @property
    def is_live(self) -> bool:
        """Whether the run is being trained, or waits for that."""
        return self.status in LIVE

    @property
    def is_trained(self) -> bool:
        """Whether the run is at its end and has a network."""
        return self.status in TRAINED

    @property
    def can_be_explained(self) -> bool:
        """Whether the run has what explains its answers."""
        return self.is_trained and (self.folder / explanation_file(MODEL_FILE)).is_file()


def see_run(models: Path, name: str) -> SeenRun:
    """Look at a run.

    Args:
        models: the folder of the runs.
        name: of one, as the address has it; where there is none of this name, 404.
    """
    try:
        folder = run_path(models, name)
    except RunError:
        abort(404)
    if not folder.is_dir():
        abort(404)
    is_current = folder.name == current_name(models)
    try:
        raw = read_details(folder)
        details = parse_details(raw)
        status, reason = observe(folder, raw)
        return SeenRun(folder, status, is_current, reason, details)
    except RunError as error:
        return SeenRun(folder, BROKEN, is_current, str(error))
