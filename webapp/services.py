"""What the views work with: one recognizer and the registry of runs behind it.

``create_app`` puts a :class:`Services` into ``app.extensions``; views fetch it
with :func:`services`. Tests pass their own parts, which only have to honour the
protocols here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, cast

from flask import Flask, current_app

from recognizer.explanations.explanation import Explanation
from recognizer.prediction import Prediction
from recognizer.runs.registry import LoadedRun
from recognizer.strokes import Drawing, Mode
from webapp.activity.tally import Tally
from webapp.configuration import Configuration
from webapp.storage.database import Database

if TYPE_CHECKING:
    from webapp.jobs.book import JobBook

_KEY = "net"


class RecognizesDigits(Protocol):
    """Turns a drawing or a picture into an answer."""

    def recognize(self, drawing: Drawing) -> Prediction:
        """Answer one drawing; raises NoModelError while there is no run to ask."""
        ...

    def recognize_all(self, drawings: Sequence[Drawing]) -> list[Prediction]:
        """Answer several drawings by the same run; raises NoModelError as above."""
        ...

    def recognize_picture(
        self, content: bytes, mode: Mode = "auto", *, images: bool = True
    ) -> Prediction:
        """Answer one picture file; raises PictureError where it cannot be read, and as above."""
        ...

    def explain(self, drawing: Drawing, digit: int = 0) -> Explanation:
        """Explain one digit of a drawing's answer; raises CannotExplainError, and as above."""
        ...

    def explain_picture(
        self, content: bytes, mode: Mode = "auto", digit: int = 0, *, images: bool = True
    ) -> Explanation:
        """Explain one digit of a picture's answer; raises CannotExplainError, and as above."""
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
    recognizer: RecognizesDigits
    registry: KnowsTheRun
    database: Database
    jobs: "JobBook"
    tally: Tally = field(default_factory=Tally)


def install(app: Flask, parts: Services) -> None:
    """Give the app the parts that its views use."""
    app.extensions[_KEY] = parts


def services_of(app: Flask) -> Services:
    """The parts of an app."""
    return cast(Services, app.extensions[_KEY])


def services() -> Services:
    """The parts of the app that answers the present request."""
    return cast(Services, current_app.extensions[_KEY])
