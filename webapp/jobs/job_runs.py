"""The runs that jobs are about: made when a training is submitted, found, or taken away again."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from recognizer.errors import RunError, reason_of
from recognizer.file_lock import locked
from recognizer.runs.folder import read_details, run_path
from trainer.errors import TrainerError
from trainer.recipes import find_recipe
from trainer.runs.removal import remove_runs
from trainer.runs.state import is_alive, observed_status
from trainer.runs.writer import RunWriter
from trainer.settings.definition import apply_settings
from webapp.jobs.kinds import Place

_RESUMABLE = ("queued", "stopped", "failed")
_log = structlog.get_logger()


class JobRefusedError(Exception):
    """A job cannot be taken on; ``reason`` is one that the pages have a sentence for."""

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(f"{reason}: {parameters}")
        self.reason = reason
        self.parameters = parameters


def queue_run(place: Place, arguments: Mapping[str, Any]) -> str:
    """Make the folder of a run that is to be trained, so that it has a name and is seen to wait.

    Args:
        place: where the runs lie.
        arguments: ``recipe``, where they are not the recipe's own ``settings`` and ``seed``, and
            ``corrections`` where it is to be trained on those, too.

    Raises:
        SettingsError: there is no such recipe, or a setting has a value it cannot have.
        TrainerError: the folder cannot be made.
    """
    settings: Any = find_recipe(arguments["recipe"]).Settings()
    wanted = dict(arguments.get("settings") or {})
    if arguments.get("seed") is not None:
        wanted["seed"] = arguments["seed"]
    settings = apply_settings(settings, [f"{name}={value}" for name, value in wanted.items()])
    run = None
    try:
        run = RunWriter.create(place.models, arguments["recipe"], dataclasses.asdict(settings))
        if arguments.get("corrections"):
            run.update(added=[str(place.corrections_for(run.folder.name))])
    except OSError as error:
        if run is not None:
            remove_unbegun(place.models, run.folder.name)
        raise TrainerError(f"{place.models} cannot be written to: {reason_of(error)}") from error
    return run.folder.name


def find_run(models: Path, name: str) -> Path:
    """The folder of a run.

    Raises:
        JobRefusedError: there is none of this name.
    """
    try:
        folder = run_path(models, name)
        read_details(folder)
    except RunError:
        raise JobRefusedError("no_run", run=name[:200]) from None
    return folder


def check_resumable(models: Path, name: str) -> None:
    """See that a run has not come to its end, and that no process trains it.

    Raises:
        JobRefusedError: it has, or one does, or there is no such run.
    """
    folder = find_run(models, name)
    if is_alive(folder):
        raise JobRefusedError("already", run=name)
    if observed_status(folder, read_details(folder)) not in _RESUMABLE:
        raise JobRefusedError("not_resumable", run=name)


def remove_unbegun(models: Path, name: str) -> None:
    """Take away the folder of a run that nobody will begin; it holds its settings only."""
    folder = run_path(models, name)
    try:
        if read_details(folder).get("status") == "queued":
            with locked(models):
                remove_runs(models, [folder])
    except (RunError, TrainerError, OSError) as error:
        _log.warning("a run that was withdrawn is left", run=name, reason=str(error))
