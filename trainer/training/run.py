"""Make a run: train the recipe's networks, calibrate them, measure them, seal the folder."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from recognizer.engine import Engine
from recognizer.runs.folder import MODEL_FILE
from trainer.data.collection import Data
from trainer.data.mnist import Images
from trainer.data.model_inputs import Inputs, Labels, drawings_as_inputs, images_as_inputs
from trainer.data.splits import Split, sites, split_by_site, split_by_writer
from trainer.evaluation.calibration import fit_temperature
from trainer.evaluation.figures import evaluate, held_out_writers
from trainer.export.keras_file import save_keras
from trainer.export.onnx import export_onnx
from trainer.recipes import find_recipe
from trainer.runs.writer import CHECKPOINT_FILE, RunWriter
from trainer.training.fitting import Assignment, fit_network
from trainer.training.interruption import Interruption
from trainer.training.settings import restore_settings

MAIN = "model"
LOG_FILE = "training_log.csv"
_PARITY_IMAGES = 1_000


@dataclasses.dataclass(frozen=True, eq=False)
class _Network:
    """One of the networks of a run: the main one, or one that never saw a site."""

    name: str
    split: Split
    epochs: int

    @property
    def log_name(self) -> str:
        return LOG_FILE if self.name == MAIN else f"{self.name}.csv"


def start_run(models: Path, recipe_name: str, settings: Any, data: Data) -> RunWriter:
    """Make the folder of a new run and write down everything that decides its outcome."""
    split = split_by_writer(data.drawings, settings.validation_share, settings.seed)
    last = len(data.mnist.train) - settings.validation_images
    return RunWriter.create(
        models,
        recipe_name,
        dataclasses.asdict(settings),
        datasets=data.origins,
        splits={
            "writers": split.as_json(),
            "mnist": {"train": last, "validation": len(data.mnist.train) - last},
        },
    )


def train_run(run: RunWriter, data: Data, console: Console, interruption: Interruption) -> str:
    """Train all networks of a run, new or stopped before, and seal its folder.

    Returns:
        The run's status: ``finished``, or ``stopped`` if somebody asked for a stop.
    """
    started = time.monotonic()
    try:
        with interruption.listening():
            _train_networks(run, data, console, interruption)
        changes = _measure(run, data)
    except BaseException as error:
        reason = f"{type(error).__name__}: {error}"
        run.finish("failed", time.monotonic() - started, reason=reason)
        raise
    status = "stopped" if interruption.is_requested else "finished"
    run.finish(status, time.monotonic() - started, **changes)
    return status


def _train_networks(
    run: RunWriter, data: Data, console: Console, interruption: Interruption
) -> None:
    recipe = find_recipe(run.details["recipe"])
    settings = restore_settings(recipe.Settings, run.details["settings"])
    for wanted in _plan(data, settings):
        if _is_done(run, wanted):
            continue
        network, epochs = fit_network(
            recipe,
            settings,
            _assignment(run.folder, data, settings, wanted),
            interruption,
            console,
            lambda result, name=wanted.name: run.update(  # type: ignore[misc]
                progress={"network": name, **dataclasses.asdict(result)}
            ),
        )
        if wanted.name == MAIN or epochs == wanted.epochs:
            _write(run, wanted.name, network, epochs, data.mnist.test)
        if interruption.is_requested:
            return
        (run.folder / CHECKPOINT_FILE).unlink(missing_ok=True)


def _plan(data: Data, settings: Any) -> Iterator[_Network]:
    """The main network first, so that an interrupted run has it."""
    split = split_by_writer(data.drawings, settings.validation_share, settings.seed)
    yield _Network(MAIN, split, settings.epochs)
    for site in sites(data.drawings) if settings.site_epochs else ():
        yield _Network(f"without-{site}", split_by_site(data.drawings, site), settings.site_epochs)


def _is_done(run: RunWriter, wanted: _Network) -> bool:
    return bool(run.details["networks"].get(wanted.name, {}).get("epochs") == wanted.epochs)


def _assignment(folder: Path, data: Data, settings: Any, wanted: _Network) -> Assignment:
    last = len(data.mnist.train) - settings.validation_images
    drawn, labels = drawings_as_inputs(wanted.split.validation)
    return Assignment(
        name=wanted.name,
        images=data.mnist.train[:last],
        drawings=wanted.split.train,
        validation=_joined((drawn, labels), images_as_inputs(data.mnist.train[last:])),
        epochs=wanted.epochs,
        log=folder / wanted.log_name,
        checkpoint=folder / CHECKPOINT_FILE,
    )


def _joined(first: tuple[Inputs, Labels], second: tuple[Inputs, Labels]) -> tuple[Inputs, Labels]:
    return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])


def _write(run: RunWriter, name: str, network: Any, epochs: int, images: Images) -> None:
    if name == MAIN:
        save_keras(network, run.folder / "model.keras")
    real_images, _ = images_as_inputs(images[:_PARITY_IMAGES])
    difference = export_onnx(network, run.folder / f"{name}.onnx", real_images)
    facts = {
        "file": f"{name}.onnx",
        "epochs": epochs,
        "parameters": network.count_params(),
        "largest_difference_to_keras": difference,
    }
    run.update(networks={**run.details["networks"], name: facts})


def _measure(run: RunWriter, data: Data) -> dict[str, Any]:
    """The calibration, fitted on the held-out writers, and the figures of the run."""
    inputs, labels = drawings_as_inputs(held_out_writers(run.details, data.drawings))
    probabilities = Engine(run.folder / MODEL_FILE).probabilities(inputs)
    figures = evaluate(run.folder, run.details, data)
    return {
        "calibration": {"temperature": round(fit_temperature(probabilities, labels), 4)},
        "metrics": {figure.key: figure.as_json() for figure in figures},
    }
