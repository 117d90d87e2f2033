"""Trainings of three lengths for every recipe, and how long one will take on this machine.

``try`` shows in about a minute that everything works, ``lesson`` gives a network worth looking at
in about ten, ``full`` is the recipe as it stands.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from recognizer.processors import available_processors
from recognizer.suggestions import did_you_mean
from trainer.errors import SettingsError
from trainer.recipes import find_recipe
from trainer.settings.definition import limits_of

PRESETS = ("try", "lesson", "full")
LEAST_STEPS = 500  # of a training: with fewer no recipe learns much, however large the batches

_TRY_SAMPLES = 4_000  # of each of the two epochs
_LESSON_SECONDS = 450.0  # of training, on two processors of the reference
_IMAGES = 55_000  # of MNIST that are trained on, about
_SITES = 5  # that a network more is trained without, each

_PREPARING = 45.0  # seconds to start, to read the data, to export and to measure
_SMALL_STEP = 0.03  # seconds that a step takes at least
_REFERENCE_PROBE = 0.0208  # seconds that the reference takes for :func:`_probe`


def preset_settings(recipe: str, preset: str) -> dict[str, int]:
    """What a preset changes of a recipe's settings.

    Raises:
        SettingsError: there is no such recipe, or no such preset.
    """
    if preset not in PRESETS:
        known = ", ".join(PRESETS)
        guess = did_you_mean(preset, PRESETS)
        raise SettingsError(f"there is no preset {preset!r}; there are: {known}{guess}")
    kind = find_recipe(recipe).Settings
    usual: Any = kind()
    names = limits_of(kind)
    if preset == "full":
        return {}
    size = "samples_per_epoch" if "samples_per_epoch" in names else "training_images"
    alone = {"site_epochs": 0} if "site_epochs" in names else {}
    if preset == "try":
        return {"epochs": 2, size: _TRY_SAMPLES, "validation_images": 1_000, **alone}
    samples = int(1_000 * _LESSON_SECONDS / find_recipe(recipe).MILLISECONDS_A_SAMPLE)
    whole_epoch = getattr(usual, size) or _IMAGES
    epoch = min(whole_epoch, samples // 4)
    smaller = {size: epoch} if epoch < whole_epoch else {}
    return {"epochs": min(usual.epochs, max(4, samples // epoch)), **smaller, **alone}


def expected_seconds(recipe: str, settings: Mapping[str, Any]) -> float:
    """How long a training takes on this machine when it has little else to do, roughly.

    Args:
        recipe: its name.
        settings: those that differ from the recipe's own.
    """
    usual: Any = find_recipe(recipe).Settings()
    whole = {**dataclasses.asdict(usual), **settings}
    epoch = whole.get("samples_per_epoch") or whole["training_images"] or _IMAGES
    epochs = whole["epochs"] + _SITES * whole.get("site_epochs", 0)
    training = epochs * epoch * find_recipe(recipe).MILLISECONDS_A_SAMPLE / 1_000
    seconds: float = _PREPARING + max(training, LEAST_STEPS * _SMALL_STEP)
    return seconds * _slowness()


def in_words(seconds: float) -> str:
    """As "about 2 minutes"; nobody can know it more exactly."""
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return f"about {minutes} minute{'s' * (minutes > 1)}"
    return f"about {round(minutes / 60)} hours"


@lru_cache(maxsize=1)
def _slowness() -> float:
    """How many times slower this machine is than the reference's two processors."""
    return min(_probe() for _ in range(5)) / _REFERENCE_PROBE * 2 / min(available_processors(), 8)


def _probe() -> float:
    """Seconds of processor time, so that other programs count little, for some arithmetic."""
    numbers = np.linspace(0, 1, 500_000, dtype=np.float32)
    result = np.empty_like(numbers)
    started = time.process_time()
    for _ in range(10):
        np.exp(numbers, out=result)
        np.multiply(numbers, result, out=result)
        np.cumsum(numbers, out=result)
    return time.process_time() - started
