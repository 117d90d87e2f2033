"""A recipe in words and limits, for a person at the command line or a form on a page."""

from __future__ import annotations

import dataclasses
import inspect
import math
from dataclasses import dataclass
from typing import Any

from trainer.recipes import Recipe
from trainer.training.settings import Limits, limits_of


@dataclass(frozen=True)
class SettingDescription:
    """One setting.

    Attributes:
        name: as behind ``--set``.
        kind: ``int``, ``float`` or ``str``.
        default: without ``--set``.
        limits: its meaning and the values it takes.
    """

    name: str
    kind: str
    default: int | float | str
    limits: Limits

    @property
    def meaning(self) -> str:
        """A sentence for people."""
        return self.limits.meaning

    @property
    def takes(self) -> str:
        """Its values in words."""
        if self.limits.choices:
            return ", ".join(map(str, self.limits.choices))
        if math.isinf(self.limits.high):
            return f"{self.limits.low:g} or more"
        return f"{self.limits.low:g} to {self.limits.high:g}"

    def as_json(self) -> dict[str, Any]:
        """With null for a bound that there is not."""
        return {
            "name": self.name,
            "kind": self.kind,
            "default": self.default,
            "meaning": self.meaning,
            "low": self.limits.low,
            "high": None if math.isinf(self.limits.high) else self.limits.high,
            "choices": list(self.limits.choices),
            "is_searched": self.limits.search is not None,
        }


@dataclass(frozen=True)
class Description:
    """One recipe: its name, the first sentence about it, whether it needs strokes, settings."""

    name: str
    summary: str
    uses_drawings: bool
    settings: tuple[SettingDescription, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        settings = [setting.as_json() for setting in self.settings]
        facts = {"name": self.name, "summary": self.summary, "uses_drawings": self.uses_drawings}
        return {**facts, "settings": settings}


def describe(name: str, recipe: Recipe) -> Description:
    """Read a recipe's module."""
    defaults = dataclasses.asdict(recipe.Settings())
    settings = tuple(
        SettingDescription(key, type(defaults[key]).__name__, defaults[key], limits)
        for key, limits in limits_of(recipe.Settings).items()
    )
    summary = (inspect.getdoc(recipe) or "").splitlines()[0]
    return Description(name, summary, recipe.USES_DRAWINGS, settings)
