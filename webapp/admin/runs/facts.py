"""How a run was made: its settings, networks, data and versions, as names and values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from trainer.errors import SettingsError
from trainer.recipes import find_recipe
from trainer.runs.details import NetworkFacts
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


def fact_tables(run: SeenRun) -> list[tuple[str, Facts]]:
    """The tables of how it was made, by heading; those that would be empty are left out."""
    tables = [
        (_("Networks"), _networks(run)),
        (_("Times"), _times(run)),
        (_("Data files"), _data(run)),
        (_("Hardware"), _pairs(run.details.hardware)),
        (_("Versions"), _versions(run)),
    ]
    return [(heading, facts) for heading, facts in tables if facts]


def _networks(run: SeenRun) -> Facts:
    return [(name, _network(one)) for name, one in run.details.networks.items()]


def _network(one: NetworkFacts) -> str:
    parameters, epochs = number(one.parameters), number(one.epochs)
    words = [_("%(parameters)s parameters", parameters=parameters)]
    words.append(_("%(epochs)s epochs", epochs=epochs))
    if not one.is_complete:
        words.append(_("ended early"))
    if (difference := one.largest_difference_to_keras) is not None:
        words.append(_("differs from Keras by %(most)s at most", most=f"{difference:.1e}"))
    return ", ".join(words)


def _times(run: SeenRun) -> Facts:
    times = run.details.times
    moments = [
        (_("Queued"), times.queued), (_("Started"), times.started), (_("Ended"), times.finished),
    ]  # fmt: skip
    facts = [(name, moment(at)) for name, at in moments if at]
    if times.seconds:
        facts.append((_("Work"), duration(times.seconds)))
    return facts + [(_("Continued"), moment(resumed.at)) for resumed in run.details.resumes]


def _data(run: SeenRun) -> Facts:
    facts = [
        (name, f"{one.file}, SHA-256 {(one.sha256 or '')[:12]}…")
        for name, one in run.details.datasets.items()
    ]
    return facts + [(_("Own data"), path) for path in run.details.added]


def _versions(run: SeenRun) -> Facts:
    code = {"code": run.details.git_commit, **run.details.versions}
    geometry = {"geometry": run.details.preprocessing_version}
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
