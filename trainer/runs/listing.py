"""What lies in the models folder: the runs, in one line each, and the one that somebody means.

Nothing here verifies checksums or loads networks, so hundreds of runs are listed at
once; a folder that is no run any more is listed with what is wrong with it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from recognizer.errors import NoModelError, RunError, reason_of
from recognizer.runs.folder import read_details, run_path
from recognizer.runs.pointer import POINTER, read_current
from recognizer.suggestions import did_you_mean
from trainer.runs.details import parse_details
from trainer.runs.state import observe

BROKEN = "broken"  # the status of a folder whose run.json cannot be read


@dataclass(frozen=True)
class RunLine:
    """A run in one line; what its run.json does not tell is None.

    Attributes:
        name: of its folder.
        is_current: whether it is the one that is served.
        status: as observed, so ``failed`` where a killed process left ``running``; or ``broken``.
        recipe: it was trained by.
        mnist, drawings: accuracy on MNIST's test images and on held-out writers, 0-1.
        parameters: of the main network.
        seconds: of work, over all resumes.
        started: UTC, as ``2026-11-21T00:36:38Z``.
        problem: what is wrong with a broken one, or why it failed.
    """

    name: str
    is_current: bool
    status: str
    recipe: str | None = None
    mnist: float | None = None
    drawings: float | None = None
    parameters: int | None = None
    seconds: float | None = None
    started: str | None = None
    problem: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As ``list --json`` prints it."""
        return asdict(self)


def resolve_run(models: Path, text: str) -> Path:
    """The folder of the run that somebody means: by name, or ``current`` for the served one.

    Raises:
        NoModelError: ``current`` was meant and no run is served.
        RunError: there is no such run.
    """
    folder = run_path(models, read_current(models) if text == POINTER else text)
    if not folder.is_dir():
        others = [path.name for path in models.glob("*/")] if models.is_dir() else []
        guess = did_you_mean(folder.name, [POINTER, *others])
        raise RunError(f"there is no run {folder.name} in {models}{guess}")
    return folder


def current_name(models: Path) -> str | None:
    """The name that ``current`` holds; None where there is none, or nothing that is a name."""
    try:
        return read_current(models)
    except (NoModelError, RunError):
        return None


def list_runs(models: Path) -> list[RunLine]:
    """Every run in the folder, oldest first.

    Raises:
        RunError: the folder cannot be read.
    """
    current = current_name(models)
    try:
        folders = sorted(path for path in models.iterdir() if _may_be_a_run(path))
    except OSError as error:
        raise RunError(f"{models} cannot be read: {reason_of(error)}") from error
    return [describe_run(folder, folder.name == current) for folder in folders]


def describe_run(folder: Path, is_current: bool) -> RunLine:
    """One run in a line, whatever is wrong with it."""
    try:
        return _described(folder, is_current)
    except RunError as error:
        return RunLine(folder.name, is_current, BROKEN, problem=str(error))


def _may_be_a_run(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".")


def _described(folder: Path, is_current: bool) -> RunLine:
    raw = read_details(folder)
    run = parse_details(raw)
    status, reason = observe(folder, raw)
    return RunLine(
        folder.name,
        is_current,
        status,
        recipe=run.recipe,
        mnist=run.figures("mnist_test").accuracy,
        drawings=run.figures("held_out_writers").accuracy,
        parameters=run.main_network.parameters,
        seconds=run.times.seconds,
        started=run.times.started,
        problem=reason,
    )
