"""The probes of an app, which views ask and none waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from webapp.health.background_probe import BackgroundProbe
from webapp.health.database import AWAY, DatabaseState, probe_database
from webapp.health.dependencies import Dependencies, probe_dependencies
from webapp.services import services_of

PROBE_SECONDS = 5.0  # between two looks

_KEY = "net_probes"


@dataclass(frozen=True)
class Probes:
    """Holds the probes of everything around the recogniser."""

    dependencies: BackgroundProbe[Dependencies]
    database: BackgroundProbe[DatabaseState]

    def warnings(self) -> list[str]:
        """Tell what is wrong though drawings are answered, and nothing of where things lie."""
        is_away = self.database.latest().answers is False
        return [*([AWAY] if is_away else []), *self.dependencies.latest().warnings()]


def init_app(app: Flask) -> None:
    """Give an app its probes; nothing is looked at before somebody asks."""
    parts = services_of(app)
    configuration, database = parts.configuration, parts.database
    app.extensions[_KEY] = Probes(
        BackgroundProbe(lambda: probe_dependencies(configuration), Dependencies(), PROBE_SECONDS),
        BackgroundProbe(
            lambda: probe_database(database, configuration), DatabaseState(), PROBE_SECONDS
        ),
    )


def probes_of(app: Flask) -> Probes:
    """The probes of an app."""
    return cast(Probes, app.extensions[_KEY])


def probes() -> Probes:
    """The probes of the app that answers the present request."""
    return probes_of(current_app)
