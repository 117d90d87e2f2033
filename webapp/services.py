"""What the views work with: one recognizer and the registry of runs behind it.

``create_app`` puts a :class:`Services` into ``app.extensions``; views fetch it
with :func:`services`. Tests pass their own parts, which only have to honour the
protocols of :mod:`webapp.protocols`.
"""

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app

from webapp.activity.counters import Counters
from webapp.configuration import Configuration
from webapp.jobs.book import JobBook
from webapp.protocols import KnowsTheRun, RecognizesDigits
from webapp.storage.database import Database

_KEY = "net"


@dataclass(frozen=True)
class Services:
    """The parts that one app was composed from."""

    configuration: Configuration
    recognizer: RecognizesDigits
    registry: KnowsTheRun
    database: Database
    jobs: JobBook
    counters: Counters = field(default_factory=Counters)


def install(app: Flask, parts: Services) -> None:
    """Give the app the parts that its views use."""
    app.extensions[_KEY] = parts


def services_of(app: Flask) -> Services:
    """The parts of an app."""
    return cast(Services, app.extensions[_KEY])


def services() -> Services:
    """The parts of the app that answers the present request."""
    return cast(Services, current_app.extensions[_KEY])
