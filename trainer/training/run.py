"""Make a run: train the recipe's networks, calibrate them, measure them, seal the folder."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recognizer import directions
from trainer.batches.base import Material
from trainer.data.collection import Data
from trainer.data.splits import Split, main_split, sites, split_by_site
from trainer.evaluation.figures import evaluate
from trainer.evaluation.fitted_values import fit_values
from trainer.recipes import find_recipe
from trainer.report.writing import make_report, write_into_run
from trainer.runs.details import MAIN_NETWORK
from trainer.runs.state import STOP_FILE
from trainer.runs.training_log import TrainingLog
from trainer.runs.writer import CHECKPOINT_FILE, RunWriter
from trainer.settings.definition import restore_settings
from trainer.training.added import NOTHING, origins
from trainer.training.fitting import Assignment, fit_batches, fit_network
from trainer.training.hardware import find_hardware
from trainer.training.material import count_training_images, held_out, training_material
from trainer.training.served import write_networks
from trainer.training.watch import Watch


@dataclasses.dataclass(frozen=True, eq=False)
class _Network:
    """One of the networks of a run: the main one, or one that never saw a site."""

    name: str
    split: Split
    epochs: int

    def log(self, run: Path) -> TrainingLog:
        is_main = self.name == MAIN_NETWORK
        return TrainingLog.of_run(run) if is_main else TrainingLog(run / f"{self.name}.csv")


def train_run(run: RunWriter, data: Data, watch: Watch, added: Material = NOTHING) -> str:
    """Train all networks of a run, new or stopped before, and seal its folder.

    Args:
        run: queued, or ended early; the caller holds its lock.
        data: the data sets.
        watch: who looks on, and who may stop it.
        added: a person's own data.

    Returns:
        The run's status: ``finished``, or ``stopped`` if somebody asked for a stop before its
        networks were trained.

    Raises:
        Exception: whatever ended it; the run is ``failed`` then, with the reason.
    """
    started = time.monotonic()
    try:
        run.begin(**_facts(run, data))
        with watch.interruption.listening():
            is_complete = _train_networks(run, data, watch, added)
        watch.phase("measuring")
        changes = _measure(run, data)
    except BaseException as error:
        fail_run(run, error, time.monotonic() - started)
        raise
    status = "finished" if is_complete else "stopped"
    (run.folder / STOP_FILE).unlink(missing_ok=True)
    run.finish(status, time.monotonic() - started, **changes)
    return status


def fail_run(run: RunWriter, error: BaseException, seconds: float = 0.0) -> None:
    """Write down why a run ended without a result."""
    kind = type(error).__name__
    reason = f"{kind}: {error}" if str(error) else kind
    if isinstance(error, KeyboardInterrupt):
        reason = "interrupted at once; --resume goes on with it"
    run.finish("failed", seconds, reason=reason)


def _facts(run: RunWriter, data: Data) -> dict[str, Any]:
    """What decides a run's outcome besides its settings."""
    recipe = find_recipe(run.details["recipe"])
    settings = restore_settings(recipe.Settings, run.details["settings"])
    writers = main_split(data.drawings).as_json()
    return {
        "datasets": {**data.origins, **origins([Path(path) for path in run.details["added"]])},
        "splits": {
            "writers": writers if recipe.USES_DRAWINGS else {**writers, "train": []},
            "mnist": {
                "train": count_training_images(settings, len(data.mnist.train)),
                "validation": settings.validation_images,
            },
        },
        "directions_version": directions.VERSION,
        "hardware": find_hardware().as_json(),
    }


def _train_networks(run: RunWriter, data: Data, watch: Watch, added: Material) -> bool:
    """Train what is not trained yet; returns whether all of it is trained now."""
    recipe = find_recipe(run.details["recipe"])
    settings = restore_settings(recipe.Settings, run.details["settings"])
    for wanted in _plan(recipe, settings, data):
        if run.details["networks"].get(wanted.name, {}).get("is_complete"):
            continue
        assignment = Assignment(
            name=wanted.name,
            material=training_material(recipe, settings, data, wanted.split, added),
            validation=held_out(recipe, settings, data, wanted.split),
            epochs=wanted.epochs,
            log=wanted.log(run.folder),
            checkpoint=run.folder / CHECKPOINT_FILE,
        )
        fitted = fit_network(recipe, fit_batches(recipe, settings, assignment), assignment, watch)
        if wanted.name == MAIN_NETWORK or fitted.is_complete:
            watch.phase(f"exporting {wanted.name}")
            write_networks(run, wanted.name, recipe, settings, fitted, data)
        if not fitted.is_complete:
            return False
        (run.folder / CHECKPOINT_FILE).unlink(missing_ok=True)
    return True


def _plan(recipe: Any, settings: Any, data: Data) -> Iterator[_Network]:
    """The main network first, so that an interrupted run has it."""
    yield _Network(MAIN_NETWORK, main_split(data.drawings), settings.epochs)
    site_epochs = settings.site_epochs if recipe.USES_DRAWINGS else 0
    for site in sites(data.drawings) if site_epochs else ():
        yield _Network(f"without-{site}", split_by_site(data.drawings, site), site_epochs)


def _measure(run: RunWriter, data: Data) -> dict[str, Any]:
    """Calibration and refusal, fitted on what was held out, and the figures with their pictures."""
    fitted = fit_values(run.folder, run.details, data)
    details = {**run.details, **fitted}
    measurements = evaluate(run.folder, details, data)
    write_into_run(make_report(run.folder, details, data, measurements), run.folder)
    metrics = {measurement.key: measurement.as_json() for measurement in measurements}
    return {**fitted, "metrics": metrics}
