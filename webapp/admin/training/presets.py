"""Trainings of three lengths, offered in the form with the time that each is expected to take."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString, gettext, lazy_gettext

from trainer.training.presets import PRESETS, expected_seconds, preset_settings

_LABELS: dict[str, LazyString] = {
    "try": lazy_gettext("Try it"),
    "lesson": lazy_gettext("A lesson"),
    "full": lazy_gettext("In full"),
}


@dataclass(frozen=True)
class PresetChoice:
    """A length of training, as the form offers it.

    Attributes:
        name: of the preset, as behind ``--preset``.
        label: for people.
        takes: how long, on this machine, in words.
    """

    name: str
    label: str
    takes: str


def preset_choices(recipe: str) -> list[PresetChoice]:
    """The presets of a recipe, the shortest first."""
    return [
        PresetChoice(name, str(_LABELS[name]), _in_words(recipe, name))
        for name in PRESETS
    ]  # fmt: skip


def _in_words(recipe: str, preset: str) -> str:
    minutes = max(1, round(expected_seconds(recipe, preset_settings(recipe, preset)) / 60))
    if minutes < 90:
        return str(gettext("about %(minutes)s min on this machine", minutes=minutes))
    return str(gettext("about %(hours)s h on this machine", hours=round(minutes / 60)))
