"""One session of training: begin a run, or go on with one, and tell who looks on."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trainer.quiet_start import DEVICES  # isort: skip  # noqa: F401  # before Keras is imported

import keras
from rich.console import Console

from trainer.batches.base import Material
from trainer.data.collection import Data, Wanted, load_data
from trainer.data.location import data_folder
from trainer.data.splits import main_split
from trainer.errors import SettingsError
from trainer.recipes import find_recipe
from trainer.runs.listing import resolve_run
from trainer.runs.state import STOP_FILE, held
from trainer.runs.training_log import EpochResult
from trainer.runs.writer import RunWriter
from trainer.settings.definition import restore_settings
from trainer.training.added import load_added
from trainer.training.hardware import find_hardware, resolve_precision
from trainer.training.interruption import Interruption
from trainer.training.material import count_training_images
from trainer.training.progress import ProgressBar
from trainer.training.run import fail_run, train_run
from trainer.training.watch import Progress, Watch

_SECONDS_BETWEEN_WRITES = 2.0  # of the progress into run.json


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a session reads and writes.

    Attributes:
        data_dir: of the data sets; None for the usual one.
        models: of the runs.
        tensorboard: events go to a folder in here, named as the run; None writes none.
    """

    data_dir: Path | None
    models: Path
    tensorboard: Path | None = None


def queue(recipe: str, settings: Any, added: Sequence[Path], place: Place) -> RunWriter:
    """Make a run's folder; ``--resume`` begins it, in this process or in another.

    Args:
        recipe: its name.
        settings: of the recipe.
        added: files and folders of own data; kept as absolute paths.
        place: where runs lie.
    """
    paths = [str(path.resolve()) for path in added]
    return RunWriter.create(place.models, recipe, dataclasses.asdict(settings), paths)


def begin(recipe: str, settings: Any, added: Sequence[Path], place: Place) -> int:
    """Begin a new run; returns 0 if it finished, 1 if it was stopped.

    Args:
        recipe: its name.
        settings: of the recipe.
        added: files and folders of own data.
        place: where data is read, runs and TensorBoard's events are written.

    Raises:
        TrainerError: the data or a setting is not what it must be; no run has been made then.
    """
    data, own = _load(recipe, added, place)
    count_training_images(settings, len(data.mnist.train))  # before there is a run
    run = queue(recipe, settings, added, place)
    with held(run.folder):
        return _train(run, data, own, place)


def resume(name: str, place: Place) -> int:
    """Begin a queued run, or go on with one that ended early; returns as :func:`begin`.

    Raises:
        TrainerError: it is finished, or another process trains it, or the data is missing.
    """
    folder = resolve_run(place.models, name)
    _open_unfinished(folder)  # before the lock makes a file in the folder of a finished one
    with held(folder):
        run = _open_unfinished(folder)  # whoever held the lock may have come to the end
        (folder / STOP_FILE).unlink(missing_ok=True)  # an earlier process was asked
        try:
            paths = [Path(path) for path in run.details["added"]]
            data, own = _load(run.details["recipe"], paths, place)
            return _train(run, data, own, place)
        except Exception as error:
            if run.details["status"] == "queued":  # a training that began has written it down
                fail_run(run, error)
            raise


def _open_unfinished(folder: Path) -> RunWriter:
    run = RunWriter.open(folder)
    if run.details["status"] == "finished":
        raise SettingsError(f"{folder.name} is finished; there is nothing to resume")
    return run


def _load(recipe: str, added: Sequence[Path], place: Place) -> tuple[Data, Material]:
    own, left_out = load_added(added)
    if left_out:
        print(
            f"trainer: left out of the added data: {len(left_out)} that are no pictures or no "
            f"drawings of one digit, as {left_out[0]}",
            file=sys.stderr,
        )
    folder = data_folder(place.data_dir)
    wanted = find_recipe(recipe)
    drawings: Wanted = "required" if wanted.USES_DRAWINGS else "optional"
    outliers: Wanted = "required" if wanted.LEARNS_TO_REFUSE else "optional"
    return load_data(folder, drawings=drawings, outliers=outliers), own


def _train(run: RunWriter, data: Data, own: Material, place: Place) -> int:
    """Train a run whose lock this process holds; returns as :func:`begin`."""
    console = Console(soft_wrap=True, markup=False, emoji=False, highlight=False)
    console.print(_set_up(run, data, own))
    console.print(f"run {run.folder}")
    with ProgressBar(console) as bar:
        record = _Record(run)
        watch = Watch(
            Interruption(run.folder / STOP_FILE),
            on_step=(bar.step, record.step),
            on_epoch=(bar.epoch, record.epoch),
            on_phase=(bar.phase,),
            callbacks=_tensorboard(place.tensorboard, run.folder.name),
        )
        try:
            status = train_run(run, data, watch, own)
        except (KeyboardInterrupt, OSError):
            print(_how_to_go_on(run), file=sys.stderr)
            raise
    console.print(f"{status}: {run.folder}")
    if status == "stopped":
        console.print(_how_to_go_on(run))
    return 0 if status == "finished" else 1


def _how_to_go_on(run: RunWriter) -> str:
    return f"go on with: python -m trainer train --resume {run.folder.name}"


class _Record:
    """Keeps run.json's ``progress`` up to date for whoever watches the file."""

    def __init__(self, run: RunWriter) -> None:
        self._run = run
        self._last_epoch: dict[str, Any] | None = None
        self._write_at = 0.0

    def step(self, progress: Progress) -> None:
        if time.monotonic() >= self._write_at:
            self._write_at = time.monotonic() + _SECONDS_BETWEEN_WRITES
            facts = dataclasses.asdict(progress)
            self._run.update(progress={**facts, "last_epoch": self._last_epoch})

    def epoch(self, network: str, result: EpochResult) -> None:
        self._last_epoch = {"network": network, **dataclasses.asdict(result)}
        self._write_at = 0.0  # with the next step


def _tensorboard(folder: Path | None, name: str) -> list[Any]:
    return [keras.callbacks.TensorBoard(folder / name, write_graph=False)] if folder else []


def _set_up(run: RunWriter, data: Data, own: Material) -> str:
    hardware = find_hardware()
    precision = resolve_precision(run.details["settings"]["precision"], hardware)
    settings = restore_settings(
        find_recipe(run.details["recipe"]).Settings, run.details["settings"]
    )
    trained = count_training_images(settings, len(data.mnist.train))
    images = f"{trained + settings.validation_images:,} images"
    measured = len(main_split(data.drawings).validation)
    what = f"{images} to train and validate with, {measured:,} drawings to be measured on"
    if find_recipe(run.details["recipe"]).USES_DRAWINGS:
        what = f"{images} and {len(data.drawings):,} drawings to train and validate with"
    lines = [str(hardware), f"{run.details['recipe']} in {precision}: {what}"]
    if run.details["added"]:
        others = f", and {len(own.outliers):,} of what is no digit" if own.outliers else ""
        lines.append(
            f"added: {len(own.images):,} images and {len(own.drawings):,} drawings{others}"
        )
    return "\n".join(lines)
