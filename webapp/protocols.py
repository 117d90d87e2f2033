"""What the web app asks of the recogniser, so that its parts know no more of it than that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from recognizer.explanations.explanation import Explanation
from recognizer.prediction import Prediction
from recognizer.runs.registry import LoadedRun
from recognizer.strokes import Drawing, Mode


class RecognizesDigits(Protocol):
    """Turns a drawing or a picture into an answer."""

    def recognize(self, drawing: Drawing) -> Prediction:
        """Answer one drawing; raises NoModelError while there is no run to ask."""
        ...

    def recognize_all(self, drawings: Sequence[Drawing]) -> list[Prediction]:
        """Answer several drawings by the same run; raises NoModelError likewise."""
        ...

    def recognize_picture(
        self, content: bytes, mode: Mode = "auto", *, images: bool = True
    ) -> Prediction:
        """Answer one picture file; raises PictureError where it cannot be read."""
        ...

    def explain(self, drawing: Drawing, digit: int = 0) -> Explanation:
        """Explain one digit of a drawing's answer; raises CannotExplainError, NoModelError."""
        ...

    def explain_picture(
        self, content: bytes, mode: Mode = "auto", digit: int = 0, *, images: bool = True
    ) -> Explanation:
        """Explain one digit of a picture's answer; raises CannotExplainError, PictureError."""
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
