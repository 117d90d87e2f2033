"""What the views work with: one recognizer and the registry of runs behind it.

``create_app`` puts a :class:`Services` into ``app.extensions``; views fetch it
with :func:`services`. Tests pass their own parts, which only have to honour the
protocols here.
"""

from dataclasses import dataclass
from typing import Protocol, cast

from flask import Flask, current_app

from recognizer.prediction import Prediction
from recognizer.runs.registry import LoadedRun
from recognizer.strokes import Drawing
from webapp.configuration import Configuration

_KEY = "net"


class RecognizesDrawings(Protocol):
    """Turns a drawing into an answer."""

    def recognize(self, drawing: Drawing) -> Prediction:
        """Answer one drawing; raises NoModelError while there is no run to ask."""
        ...


class KnowsTheRun(Protocol):
    """Knows which run is being served."""

    @property
    def last_error(self) -> str | None:
        """Why the run that ``models/current`` names is not the one served, if so."""
        ...

    def current(self) -> LoadedRun:
        """The run being served; raises NoModelError when there is none."""
        ...


@dataclass(frozen=True)
class Services:
    """The parts that one app was composed from."""

    configuration: Configuration
    recognizer: RecognizesDrawings
    registry: KnowsTheRun


def install(app: Flask, parts: Services) -> None:
    """Give the app the parts that its views use."""
    app.extensions[_KEY] = parts


def services() -> Services:
    """The parts of the app that answers the present request."""
    return cast(Services, current_app.extensions[_KEY])
