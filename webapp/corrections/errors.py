"""What can be wrong with a correction, in words for whoever sent it."""

from __future__ import annotations

from flask_babel import LazyString, lazy_gettext

REASONS: dict[str, LazyString] = {
    "label": lazy_gettext("must be 1 to %(longest)s digits, or empty where it is not a digit."),
    "prediction": lazy_gettext(
        "must be the id of an answer: %(shortest)s to %(longest)s letters and digits."
    ),
    "image": lazy_gettext("must be the picture of a digit, as an answer shows it: 28x28 pixels."),
    "not_both": lazy_gettext("must be left out where there are strokes."),
    "no_points": lazy_gettext("must hold at least one point."),
    "missing": lazy_gettext("is missing."),
    "not_an_object": lazy_gettext("must be an object."),
    "text": lazy_gettext("must be a text of at most %(longest)s digits."),
    "verdict": lazy_gettext("must be one of: %(choices)s."),
    "origin": lazy_gettext("must be one of: %(choices)s."),
    "confidence": lazy_gettext("must be a number from 0 to 1."),
    "run": lazy_gettext("must be the name of a run."),
}


class CorrectionError(Exception):
    """A field of a correction breaks a rule.

    Attributes:
        field: its path, as ``answer.text``.
        reason: a key of :data:`REASONS`.
    """

    def __init__(self, field: str, reason: str, **parameters: object) -> None:
        """Say which and why; ``parameters`` fill the reason's sentence."""
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.parameters = parameters

    @property
    def sentence(self) -> str:
        """The reason in the language of whoever asks."""
        return str(REASONS[self.reason]) % self.parameters


class FullError(Exception):
    """There are as many corrections as may be kept."""


class NoCorrectionError(Exception):
    """There is no correction of that id, or the token is not its own."""
