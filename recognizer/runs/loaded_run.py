"""A run that is ready to answer: verified, its network loaded and warmed up."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recognizer.engine import Engine
from recognizer.errors import RunError
from recognizer.runs.folder import MODEL_FILE, run_path, verify

LOWEST, HIGHEST = 0.01, 100.0  # temperatures that calibrate anything


@dataclass(frozen=True, eq=False)
class LoadedRun:
    """A run that answers.

    Attributes:
        name: of the run, as in ``models/current``.
        recipe: the name of the recipe it was trained by.
        details: what its run.json holds; not to be changed.
        engine: its network.
        temperature: of its calibration, 0.01 to 100; 1 leaves the probabilities as they are.
    """

    name: str
    recipe: str
    details: Mapping[str, Any]
    engine: Engine
    temperature: float

    def current(self) -> LoadedRun:
        """Itself: a recognizer may be given one run instead of a registry."""
        return self


def load_run(models_folder: Path, run_name: str) -> LoadedRun:
    """Verify a run and load its network.

    Raises:
        RunError: the run may not be served or its network cannot be loaded, and why.
    """
    path = run_path(models_folder, run_name)
    details = verify(path)
    try:
        engine = Engine(path / MODEL_FILE)
    except RunError as error:
        raise RunError(f"{run_name}: {error}") from error
    return LoadedRun(run_name, _recipe(path, details), details, engine, _temperature(path, details))


def _recipe(run: Path, details: Mapping[str, Any]) -> str:
    recipe = details.get("recipe")
    if not isinstance(recipe, str) or not recipe:
        raise RunError(f"{run.name}: run.json names no recipe")
    return recipe


def _temperature(run: Path, details: Mapping[str, Any]) -> float:
    calibration = details.get("calibration")
    temperature = calibration.get("temperature") if isinstance(calibration, dict) else None
    if isinstance(temperature, (int, float)) and LOWEST <= temperature <= HIGHEST:
        return float(temperature)
    found = reprlib.repr(temperature)
    raise RunError(f"{run.name}: run.json has {found} for a calibration temperature")
