"""What a run's run.json says about which strokes make a digit, checked when the run is loaded."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.errors import RunError
from recognizer.numbers.weights import FEATURES, GroupingWeights, Part, bounds
from recognizer.runs.calibration import is_number


def read_grouping(run_name: str, details: Mapping[str, Any]) -> GroupingWeights | None:
    """The weights in run.json's ``grouping``.

    Returns:
        None where it is null or absent: the run reads every drawing as one digit.

    Raises:
        RunError: a weight is missing, unknown, no finite number or out of bounds.
    """
    stored = details.get("grouping")
    if stored is None:
        return None
    if not isinstance(stored, Mapping):
        raise RunError(f"{run_name}: run.json has {reprlib.repr(stored)} for grouping weights")
    return GroupingWeights(
        links=_read(run_name, "links", stored.get("links")),
        groups=_read(run_name, "groups", stored.get("groups")),
        numbers=_read(run_name, "numbers", stored.get("numbers")),
    )


def expect_grouping(run_name: str, details: Mapping[str, Any]) -> None:
    """See that a run that was trained on drawings has grouping weights of its own.

    Raises:
        RunError: it has none; the message names the command that makes a run with them.
    """
    if details.get("grouping") is None and _was_trained_on_drawings(details):
        raise RunError(
            f"{run_name}: run.json has no grouping weights; make a new run of the same networks "
            f"that has them: python -m trainer upgrade {run_name}"
        )


def _was_trained_on_drawings(details: Mapping[str, Any]) -> bool:
    value: Any = details
    for key in ("splits", "writers", "train"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return bool(value)


def _read(run_name: str, part: Part, stored: object) -> NDArray[np.float64]:
    features = FEATURES[part]
    if not isinstance(stored, Mapping) or set(stored) != set(features):
        found = sorted(map(str, stored)) if isinstance(stored, Mapping) else stored
        wanted = ", ".join(features)
        raise RunError(
            f"{run_name}: run.json has {reprlib.repr(found)} for grouping weights of {part}, "
            f"not {wanted}; make a new run of the same networks that has them: "
            f"python -m trainer upgrade {run_name}"
        )
    for feature, (low, high) in zip(features, bounds(part), strict=True):
        if not is_number(stored[feature], low, high):
            found = reprlib.repr(stored[feature])
            raise RunError(
                f"{run_name}: run.json has {found} for the grouping weight {feature!r} of {part}, "
                f"not a number from {low:g} to {high:g}"
            )
    return np.array([stored[feature] for feature in features], np.float64)
