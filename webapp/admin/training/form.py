"""The form of a training, made from the recipe's settings; the trainer decides what is valid."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from flask_babel import format_percent
from flask_babel import gettext as _

from trainer.errors import SettingsError
from trainer.recipes import RECIPE_NAMES, describe, find_recipe
from trainer.settings.common import CommonSettings
from trainer.settings.definition import apply_settings
from trainer.settings.description import SettingDescription

_COMMON = frozenset(field.name for field in fields(CommonSettings))
_SHARE = "added_share"
_USUAL_SHARE = 0.1  # of each epoch: of a few corrections among thousands nothing would be seen
_SHARES = (0.05, _USUAL_SHARE, 0.25, 0.5)


@dataclass(frozen=True)
class SettingField:
    """One setting in the form.

    Attributes:
        setting: what the recipe says about it.
        text: what stands in the field.
        error: what is wrong with that, in the language of the page; empty where nothing is.
    """

    setting: SettingDescription
    text: str
    error: str = ""

    @property
    def name(self) -> str:
        """The setting's name, as behind ``--set``."""
        return self.setting.name

    @property
    def default(self) -> str:
        """The recipe's own value, as text."""
        return _as_text(self.setting.default)

    @property
    def is_common(self) -> bool:
        """Whether every recipe has the setting."""
        return self.name in _COMMON

    @property
    def meaning(self) -> str:
        """What the setting decides, in the language of the page."""
        return str(_(self.setting.meaning))

    @property
    def takes(self) -> str:
        """The setting's limits in the page's language; empty for choices, which are all seen."""
        limits = self.setting.limits
        if limits.choices:
            return ""
        low, high = _as_text(limits.low), _as_text(limits.high)
        if math.isinf(limits.high):
            return str(_("%(low)s or more", low=low))
        return str(_("from %(low)s to %(high)s", low=low, high=high))

    @property
    def value(self) -> str:
        """What the trainer is told: an empty field is the default, 0,5 is a half."""
        text = self.text.strip()
        if self.setting.kind == "float" and "." not in text:
            text = text.replace(",", ".", 1)
        return text or self.default


@dataclass(frozen=True)
class TrainingForm:
    """A recipe with a field for each of its settings.

    Attributes:
        recipe: its name.
        summary: a sentence about it.
        fields: of all settings.
        with_corrections: whether it is trained on the accepted corrections, too.
    """

    recipe: str
    summary: str
    fields: tuple[SettingField, ...]
    with_corrections: bool = False

    @property
    def share(self) -> SettingField:
        """The share of each epoch that accepted corrections get."""
        return next(field for field in self.fields if field.name == _SHARE)

    @property
    def shares(self) -> list[tuple[str, str]]:
        """The shares that may be chosen for corrections, with their words."""
        given = set() if self.share.error else {self.share.value}
        chosen = sorted({_as_text(share) for share in _SHARES} | given, key=float)
        return [(share, _share_in_words(share)) for share in chosen]

    @property
    def own_fields(self) -> list[SettingField]:
        """The fields of the recipe's own settings."""
        return [field for field in self.fields if not field.is_common]

    @property
    def common_fields(self) -> list[SettingField]:
        """The fields of the settings that every recipe has."""
        return [field for field in self.fields if field.is_common and field.name != _SHARE]

    @property
    def wrong_fields(self) -> list[SettingField]:
        """The fields whose text the recipe does not take."""
        return [field for field in self.fields if field.error]

    @property
    def settings(self) -> dict[str, str]:
        """The values that differ from the recipe's own."""
        return {
            field.name: field.value
            for field in self.fields
            if field.value != field.default and (self.with_corrections or field.name != _SHARE)
        }


def make_form(
    recipe: str, given: Mapping[str, Any], *, with_corrections: bool = False
) -> TrainingForm:
    """Make a form with the given values in it, and for all others the recipe's own.

    Args:
        recipe: its name.
        given: values by the names of the settings.
        with_corrections: whether it is to be trained on the accepted corrections, too.

    Raises:
        SettingsError: there is no such recipe.
    """
    description = describe(recipe)
    usual = {_SHARE: _USUAL_SHARE}
    given = {**usual, **given} if with_corrections else {**given, **usual}
    made = tuple(
        SettingField(setting, _as_text(given.get(setting.name, setting.default)))
        for setting in description.settings
    )
    return TrainingForm(recipe, _(description.summary), made, with_corrections)


def check_form(form: TrainingForm) -> TrainingForm:
    """Check a form: the same with what is wrong written beside each field."""
    return replace(form, fields=tuple(_check(form.recipe, field) for field in form.fields))


def recipe_summaries() -> list[tuple[str, str]]:
    """List every recipe's name with a sentence about it, in the language of the page."""
    return [(name, _(describe(name).summary)) for name in RECIPE_NAMES]


def _check(recipe: str, field: SettingField) -> SettingField:
    settings: Any = find_recipe(recipe).Settings()
    try:
        apply_settings(settings, [f"{field.name}={field.value}"])
    except SettingsError:
        return replace(field, error=_error(field))
    return field


def _error(field: SettingField) -> str:
    names = {"name": field.name, "limits": field.takes}
    if field.setting.limits.choices:
        choices = ", ".join(map(str, field.setting.limits.choices))
        return str(_("%(name)s must be one of: %(choices)s.", name=field.name, choices=choices))
    if field.setting.kind == "int":
        return str(_("%(name)s must be a whole number, %(limits)s.", **names))
    return str(_("%(name)s must be a number, %(limits)s.", **names))


def _share_in_words(share: str) -> str:
    if float(share) == 0:
        return str(_("as much as there is of it"))
    return str(format_percent(float(share), "#,##0.#%"))


def _as_text(value: object) -> str:
    """Write a value as people do, 0.0000001 and not 1e-07."""
    if not isinstance(value, float) or not math.isfinite(value):
        return str(value)
    return f"{value:.12f}".rstrip("0").rstrip(".")
