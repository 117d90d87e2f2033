"""The settings of a run beside those that its recipe has today."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from trainer.errors import SettingsError
from trainer.recipes import find_recipe
from trainer.runs.wording import written
from trainer.settings.definition import Limits, limits_of
from webapp.admin.runs.seen_run import SeenRun


@dataclass(frozen=True)
class SettingRow:
    """A setting of a run.

    Attributes:
        name: as ``learning_rate``.
        value: of this run.
        default: of the recipe as it is now; None where it has no such setting any more.
        is_changed: whether the run's value is another one.
        meaning: a sentence.
    """

    name: str
    value: str
    default: str | None
    is_changed: bool
    meaning: str


def setting_rows(run: SeenRun) -> list[SettingRow]:
    """Every setting, those that differ from the recipe's own first."""
    defaults, limits = _recipe(run.details.recipe or "")
    rows = [
        SettingRow(
            name=name,
            value=written(value),
            default=written(defaults[name]) if name in defaults else None,
            is_changed=name in defaults and defaults[name] != value,
            meaning=_(limits[name].meaning) if name in limits else "",
        )
        for name, value in run.details.settings.items()
    ]
    return sorted(rows, key=lambda row: not row.is_changed)


def _recipe(name: str) -> tuple[Mapping[str, Any], Mapping[str, Limits]]:
    try:
        settings = find_recipe(name).Settings()
    except SettingsError:  # a recipe of another version
        return {}, {}
    return dataclasses.asdict(settings), limits_of(settings)
