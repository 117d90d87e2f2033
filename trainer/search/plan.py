"""What a study searches, and with what: its trials can only be compared if that stays the same.

The plan is stored with the study.  Whoever joins it later, on whichever machine, must come with
the same one.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

from optuna.distributions import BaseDistribution, distribution_to_json

from trainer.errors import SettingsError
from trainer.recipes import find_recipe
from trainer.search.space import search_space
from trainer.settings.definition import Value, apply_settings


@dataclasses.dataclass(frozen=True)
class Plan:
    """One search.

    Attributes:
        recipe: its name.
        settings: all settings; those under ``space`` only stand there until a trial changes them.
        space: what each trial draws, by the setting's name.
        data: checksum of each data set by its name, None where there is no file.
    """

    recipe: str
    settings: Any
    space: dict[str, BaseDistribution]
    data: dict[str, str | None]

    def settings_of(self, drawn: Mapping[str, Value]) -> Any:
        """The recipe's settings with what a trial has drawn."""
        return dataclasses.replace(self.settings, **drawn)

    def as_json(self) -> dict[str, Any]:
        """The form in which it is stored with the study."""
        settings = dataclasses.asdict(self.settings)
        return {
            "recipe": self.recipe,
            "settings": {name: settings[name] for name in settings if name not in self.space},
            "search": {
                name: json.loads(distribution_to_json(drawn)) for name, drawn in self.space.items()
            },
            "data": self.data,
        }


def make_plan(
    recipe: str, assignments: Sequence[str], origins: Mapping[str, Mapping[str, str]]
) -> Plan:
    """Plan a search of a recipe.

    Args:
        recipe: its name.
        assignments: ``name=value``; a setting named here is fixed and not searched.
        origins: of each data set, as :class:`trainer.data.collection.Data` has them.

    Raises:
        SettingsError: the recipe or a setting does not exist, or nothing is left to search.
    """
    settings = apply_settings(find_recipe(recipe).Settings(), assignments)
    space = search_space(settings, {text.partition("=")[0] for text in assignments})
    if not space:
        raise SettingsError(f"{recipe} has no setting to search, or --set fixes all of them")
    return Plan(
        recipe, settings, space, {name: origin.get("sha256") for name, origin in origins.items()}
    )


def expect_same(study: str, stored: Mapping[str, Any], plan: Plan) -> None:
    """See that a plan is the one a study was begun with.

    Raises:
        SettingsError: it is another, and in what.
    """
    given = json.loads(json.dumps(plan.as_json()))
    if stored["recipe"] != given["recipe"]:
        raise SettingsError(
            f"the study {study} searches {stored['recipe']}, not {given['recipe']}: "
            "give another name behind --study"
        )
    for part in ("settings", "search"):
        for name in sorted({*stored[part], *given[part]}):
            if stored[part].get(name) != given[part].get(name):
                raise SettingsError(_difference(study, part, name, stored, given))
    for name in stored["data"].keys() & given["data"].keys():
        sums = {stored["data"][name], given["data"][name]} - {None}
        if len(sums) > 1:
            raise SettingsError(
                f"the study {study} was begun with another {name} file than the one here"
            )


def _difference(
    study: str, part: str, name: str, stored: Mapping[str, Any], given: Mapping[str, Any]
) -> str:
    if part == "settings" and name in stored[part] and name in given[part]:
        change = f"with {name} = {stored[part][name]}, not {given[part][name]}"
    elif part == "search" and name in stored[part] and name in given[part]:
        change = f"with other values of {name} to search"
    elif name in stored["search"]:
        change = f"searching {name}, which is fixed now"
    else:
        change = f"without searching {name}"
    return f"the study {study} was begun {change}: give another name behind --study"
