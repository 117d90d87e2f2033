"""One session of training: start a run, or go on with a stopped one, and say what happens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trainer.quiet_start import DEVICES  # isort: skip  # before anything else imports Keras

import keras
from rich.console import Console

from recognizer.runs.folder import read_details, run_path
from trainer.data.collection import Data, load_data
from trainer.data.location import data_folder
from trainer.errors import SettingsError
from trainer.recipes import find_recipe
from trainer.runs.writer import RunWriter
from trainer.training.interruption import Interruption
from trainer.training.run import start_run, train_run
from trainer.training.settings import apply_settings


def train(
    recipe: str | None,
    assignments: Sequence[str],
    resume: str | None,
    data_dir: Path | None,
    models: Path,
) -> int:
    """Train and say what became of it; returns 0 if finished, 1 if stopped.

    Raises:
        TrainerError: the recipe, a setting, the run or the data is not what it must be.
    """
    console = Console()
    if (recipe is None) == (resume is None):
        raise SettingsError("name a recipe, or a run behind --resume")
    settings = apply_settings(find_recipe(recipe).Settings(), assignments) if recipe else None
    data = load_data(data_folder(data_dir))
    console.print(_set_up(data))
    run = _reopen(models, resume) if resume else start_run(models, str(recipe), settings, data)
    console.print(f"run {run.folder}")
    status = train_run(run, data, console, Interruption())
    console.print(f"{status}: {run.folder}")
    if status == "stopped":
        console.print(f"go on with: python -m trainer train --resume {run.folder.name}")
    return 0 if status == "finished" else 1


def _reopen(models: Path, name: str) -> RunWriter:
    folder = run_path(models, name)
    details = dict(read_details(folder))
    if details["status"] == "finished":
        raise SettingsError(f"{name} is finished; there is nothing to resume")
    return RunWriter.reopen(folder, details)


def _set_up(data: Data) -> str:
    devices = ", ".join(DEVICES) or "none"
    return (
        f"Keras {keras.__version__} on {keras.backend.backend()}, devices: {devices}\n"
        f"{len(data.mnist.train)} images and {len(data.drawings)} drawings to train with"
    )
