"""What a run's run.json says about how to take its networks' answers: calibration and refusal.

Both are checked when a run is loaded, so that a run that would answer nonsense is not served.
"""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer import directions
from recognizer.engine import DIGITS
from recognizer.errors import RunError
from recognizer.outputs import NetworkOutputs

LOWEST, HIGHEST = 0.01, 100.0  # temperatures that calibrate anything


@dataclass(frozen=True)
class Thresholds:
    """The scores below which an answer is refused, or given as a guess only.

    Attributes:
        digitness: for each of the digits 0 to 9: what is below is not one, or doubted; 0 refuses
            nothing. What networks take for a 6 is one for sure where it is one at all, while many
            a 1 or a 4 is not.
        confidence: what is below is unsure; 0 is sure of everything.
    """

    digitness: tuple[float, ...] = (0.0,) * DIGITS
    confidence: float = 0.0

    def accept(self, outputs: NetworkOutputs) -> NDArray[np.bool_]:
        """Which of n outputs are on a digit: (n,) bool."""
        accepted: NDArray[np.bool_] = outputs.digitness >= np.array(self.digitness)[outputs.digits]
        return accepted

    @classmethod
    def read(cls, run_name: str, stored: Any) -> Thresholds:
        """Read thresholds from a part of run.json's ``refusal``.

        A run that has no thresholds ``by_digit`` has the same for all.

        Raises:
            RunError: one of them is missing, or no number from 0 to 1.
        """
        values = stored if isinstance(stored, Mapping) else {}
        for key in ("digitness", "confidence"):
            if not is_number(values.get(key), 0, 1):
                found = reprlib.repr(values.get(key))
                raise RunError(f"{run_name}: run.json has {found} for a refusal's {key}")
        by_digit = values.get("by_digit", [values["digitness"]] * DIGITS)
        if not _are_thresholds(by_digit):
            found = reprlib.repr(by_digit)
            raise RunError(f"{run_name}: run.json has {found} for a refusal's by_digit")
        return cls(tuple(map(float, by_digit)), float(values["confidence"]))


def _are_thresholds(values: object) -> bool:
    if not isinstance(values, list) or len(values) != DIGITS:
        return False
    return all(is_number(value, 0, 1) for value in values)


@dataclass(frozen=True)
class Refusal:
    """The thresholds for drawings and for pictures; a run without any refuses nothing.

    In run.json those for pictures stand inside those for drawings, and are the same where absent.
    """

    drawings: Thresholds = Thresholds()
    pictures: Thresholds = Thresholds()

    @classmethod
    def read(cls, run_name: str, details: Mapping[str, Any]) -> Refusal:
        """Read the thresholds from run.json's ``refusal``.

        Raises:
            RunError: it is not what it must be.
        """
        stored = details.get("refusal")
        if stored is None:
            return cls()
        if not isinstance(stored, dict):
            raise RunError(f"{run_name}: run.json has {reprlib.repr(stored)} for a refusal")
        drawings = Thresholds.read(run_name, stored)
        return cls(drawings, Thresholds.read(run_name, stored.get("pictures", stored)))


@dataclass(frozen=True)
class Calibration:
    """The temperatures that make the networks as sure as they are right.

    Attributes:
        temperature: of the main network, 0.01 to 100; 1 leaves the probabilities as they are.
        drawing_temperature: of the network for strokes; the main one's, where the run has no other.
    """

    temperature: float
    drawing_temperature: float

    @classmethod
    def read(cls, run_name: str, details: Mapping[str, Any]) -> Calibration:
        """Read the temperatures from run.json's ``calibration``.

        Raises:
            RunError: it is not what it must be.
        """
        stored = details.get("calibration")
        values = stored if isinstance(stored, dict) else {}
        temperature = values.get("temperature")
        drawing_temperature = values.get("drawing_temperature", temperature)
        for value in (temperature, drawing_temperature):
            if not is_number(value, LOWEST, HIGHEST):
                found = reprlib.repr(value)
                raise RunError(f"{run_name}: run.json has {found} for a calibration temperature")
        return cls(float(temperature), float(drawing_temperature))  # type: ignore[arg-type]


def read_recipe(run_name: str, details: Mapping[str, Any]) -> str:
    """The name of the recipe.

    Raises:
        RunError: there is none.
    """
    recipe = details.get("recipe")
    if not isinstance(recipe, str) or not recipe:
        raise RunError(f"{run_name}: run.json names no recipe")
    return recipe


def check_directions(run_name: str, details: Mapping[str, Any]) -> None:
    """See that a run's network for strokes was trained on the direction maps of today.

    Raises:
        RunError: it was not.
    """
    version = details.get("directions_version")
    if type(version) is not int or version != directions.VERSION:
        found = reprlib.repr(version)
        raise RunError(
            f"{run_name}: run.json has directions_version {found}, not {directions.VERSION}"
        )


def is_number(value: object, low: float, high: float) -> bool:
    """Whether a value out of a run.json is a number from ``low`` to ``high``; true is none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high
