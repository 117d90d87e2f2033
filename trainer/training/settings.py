"""Settings from the command line: ``--set epochs=3`` onto a recipe's dataclass."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, TypeVar

from trainer.errors import SettingsError

Settings = TypeVar("Settings")


def apply_settings(settings: Settings, assignments: Iterable[str]) -> Settings:
    """A copy with the named fields changed.

    Args:
        settings: a dataclass whose defaults tell each field's type.
        assignments: of the form ``name=value``.

    Raises:
        SettingsError: there is no such field, or it cannot have the value.
    """
    changes = dict(_parse(settings, assignment) for assignment in assignments)
    return dataclasses.replace(settings, **changes)  # type: ignore[type-var]


def restore_settings(kind: type[Settings], stored: dict[str, Any]) -> Settings:
    """The settings that a run.json holds.

    Raises:
        SettingsError: they are of another version of the recipe.
    """
    try:
        return kind(**stored)
    except TypeError as error:
        raise SettingsError(f"the run has other settings than its recipe: {error}") from error


def _parse(settings: object, assignment: str) -> tuple[str, object]:
    name, equals, text = assignment.partition("=")
    fields = [field.name for field in dataclasses.fields(settings)]  # type: ignore[arg-type]
    if not equals or name not in fields:
        raise SettingsError(
            f"--set {assignment!r} is not NAME=VALUE with one of: {', '.join(fields)}"
        )
    kind = type(getattr(settings, name))
    try:
        value = kind(text.replace("_", "") if kind is int else text)
    except ValueError:
        raise SettingsError(f"--set {name} takes {kind.__name__}, not {text!r}") from None
    if isinstance(value, (int, float)) and not 0 <= value < float("inf"):
        raise SettingsError(f"--set {name} cannot be {text}")
    return name, value
