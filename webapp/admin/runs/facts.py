"""How a run was made: its settings, networks, data and versions, as names and values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from trainer.errors import SettingsError
from trainer.recipes import find_recipe
from trainer.settings.definition import Limits, limits_of
from webapp.admin.runs.seen_run import SeenRun
from webapp.admin.runs.wording import duration, moment, number

Facts = list[tuple[str, str]]


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
    defaults, limits = _recipe(str(run.details.get("recipe")))
    rows = [
        SettingRow(
            name=name,
            value=written(value),
            default=written(defaults[name]) if name in defaults else None,
            is_changed=name in defaults and defaults[name] != value,
            meaning=_(limits[name].meaning) if name in limits else "",
        )
        for name, value in run.section("settings").items()
    ]
    return sorted(rows, key=lambda row: not row.is_changed)


def _recipe(name: str) -> tuple[Mapping[str, Any], Mapping[str, Limits]]:
    try:
        settings = find_recipe(name).Settings()
    except SettingsError:  # a recipe of another version
        return {}, {}
    return dataclasses.asdict(settings), limits_of(settings)


def fact_tables(run: SeenRun) -> list[tuple[str, Facts]]:
    """The tables of how it was made, by heading; those that would be empty are left out."""
    tables = [
        (_("Networks"), _networks(run)),
        (_("Times"), _times(run)),
        (_("Data files"), _data(run)),
        (_("Hardware"), _pairs(run.section("hardware"))),
        (_("Versions"), _versions(run)),
    ]
    return [(heading, facts) for heading, facts in tables if facts]


def _networks(run: SeenRun) -> Facts:
    networks = run.section("networks")
    return [(name, _network(one)) for name, one in networks.items() if isinstance(one, Mapping)]


def _network(one: Mapping[str, Any]) -> str:
    parameters, epochs = number(one.get("parameters")), number(one.get("epochs"))
    words = [_("%(parameters)s parameters", parameters=parameters)]
    words.append(_("%(epochs)s epochs", epochs=epochs))
    if one.get("is_complete") is False:
        words.append(_("ended early"))
    difference = one.get("largest_difference_to_keras")
    if isinstance(difference, float):
        words.append(_("differs from Keras by %(most)s at most", most=f"{difference:.1e}"))
    return ", ".join(words)


def _times(run: SeenRun) -> Facts:
    times = run.section("times")
    names = {"queued": _("Queued"), "started": _("Started"), "finished": _("Ended")}
    facts = [(name, moment(times[key])) for key, name in names.items() if times.get(key)]
    if times.get("seconds"):
        facts.append((_("Work"), duration(times["seconds"])))
    resumes = run.details.get("resumes")
    for resumed in resumes if isinstance(resumes, list) else []:
        if isinstance(resumed, Mapping):
            facts.append((_("Continued"), moment(resumed.get("at"))))
    return facts


def _data(run: SeenRun) -> Facts:
    datasets = run.section("datasets")
    facts = [
        (name, f"{one.get('file')}, SHA-256 {str(one.get('sha256', ''))[:12]}…")
        for name, one in datasets.items()
        if isinstance(one, Mapping)
    ]
    added = run.details.get("added")
    own = added if isinstance(added, list) else []
    return facts + [(_("Own data"), str(path)) for path in own]


def _versions(run: SeenRun) -> Facts:
    code = {"code": run.details.get("git_commit"), **run.section("versions")}
    geometry = {"geometry": run.details.get("preprocessing_version")}
    return [(name, str(value)) for name, value in {**code, **geometry}.items() if value is not None]


def _pairs(section: Mapping[str, Any]) -> Facts:
    return [(str(name), written(value)) for name, value in section.items()]


def written(value: object) -> str:
    """A value of run.json as it stands, without the marks of JSON."""
    if isinstance(value, list):
        return ", ".join(map(written, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {written(one)}" for name, one in value.items())
    return str(value)
