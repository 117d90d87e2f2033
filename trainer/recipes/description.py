"""A recipe in words and limits, for a person at the command line or a form on a page."""

from __future__ import annotations

import ast
import dataclasses
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.recipes import find_settings
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


def describe(name: str) -> Description:
    """Describe a recipe, without importing Keras.

    Raises:
        SettingsError: there is no recipe of this name.
    """
    kind = find_settings(name)
    defaults = dataclasses.asdict(kind())
    settings = tuple(
        SettingDescription(key, type(defaults[key]).__name__, defaults[key], limits)
        for key, limits in limits_of(kind).items()
    )
    summary, uses_drawings = _read_recipe(name)
    return Description(name, summary, uses_drawings, settings)


def _read_recipe(name: str) -> tuple[str, bool]:
    """The first sentence of a recipe's file and its USES_DRAWINGS, read and not run."""
    path = Path(__file__).with_name(f"{name.replace('-', '_')}.py")
    module = ast.parse(path.read_text("utf-8"))
    constants = {
        ast.unparse(statement.targets[0]): statement.value.value
        for statement in module.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
    }
    summary = (ast.get_docstring(module) or "").splitlines()[0]
    return summary, constants["USES_DRAWINGS"] is True
