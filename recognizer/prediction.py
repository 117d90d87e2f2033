"""What the recogniser answers to one drawing, and that answer as the contract's JSON.

Plain data: how an answer comes about is for :mod:`recognizer.recognizer`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from recognizer.geometry import Ink
from recognizer.picture import to_data_uri

Verdict = Literal["digit", "number", "unsure", "not_a_digit", "blank"]


@dataclass(frozen=True)
class Box:
    """The smallest upright box around a path, in the drawing's own unit, y downwards."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class LeftOut:
    """Ink that is not read as a digit, such as a minus, a comma or a slash.

    Attributes:
        strokes: indices of the drawing's strokes that make it; none in a picture.
        box: where the path lies.
    """

    strokes: tuple[int, ...]
    box: Box

    def to_json(self) -> dict[str, Any]:
        """The ink as an entry of the contract's ``left_out``."""
        return {"strokes": list(self.strokes), "box": vars(self.box).copy()}


@dataclass(frozen=True)
class ModelName:
    """Which run answered, and the recipe it was trained by."""

    run: str
    recipe: str


@dataclass(frozen=True)
class DigitAnswer:
    """The network's best guess at one digit of a drawing.

    Attributes:
        digit: 0 to 9.
        confidence: the digit's calibrated probability.
        probabilities: 10 calibrated probabilities of the digits 0 to 9, of sum 1.
        strokes: indices of the drawing's strokes that make the digit.
        box: where the path lies, the pen's width left out.
        ink: (28, 28) uint8, 0 = paper and 255 = ink: what the network saw; None where the caller
            wants no pictures.
        digitness: the network's probability that it is one whole digit at all; None from a
            network that never refuses.
        is_doubtful: whether it is why the answer is ``unsure``.
    """

    digit: int
    confidence: float
    probabilities: tuple[float, ...]
    strokes: tuple[int, ...]
    box: Box
    ink: Ink | None = field(compare=False)
    digitness: float | None = None
    is_doubtful: bool = False

    def to_json(self) -> dict[str, Any]:
        """The digit as an entry of the contract's ``digits``."""
        entry: dict[str, Any] = {
            "digit": self.digit,
            "confidence": self.confidence,
            "digitness": self.digitness,
            "doubtful": self.is_doubtful,
            "probabilities": list(self.probabilities),
            "strokes": list(self.strokes),
            "box": vars(self.box).copy(),
        }
        if self.ink is not None:
            entry["image"] = to_data_uri(self.ink)
        return entry


@dataclass(frozen=True)
class Prediction:
    """An answer to one drawing.

    Attributes:
        id: a name for this answer that no other has.
        verdict: what kind of answer it is.
        text: the digits read; empty for ``blank`` and ``not_a_digit``.
        confidence: the calibrated probability that the answer is right; 1 for ``blank``.
        digits: the best guess, in reading order; empty only for ``blank``.
        model: the run that answered.
        left_out: ink that is not read as a digit; with any the answer is never sure.
    """

    id: str
    verdict: Verdict
    text: str
    confidence: float
    digits: tuple[DigitAnswer, ...]
    model: ModelName
    left_out: tuple[LeftOut, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer to ``POST /api/v1/predictions``, ready for ``json.dumps``."""
        return {
            "id": self.id,
            "verdict": self.verdict,
            "text": self.text,
            "confidence": self.confidence,
            "digits": [digit.to_json() for digit in self.digits],
            "left_out": [ink.to_json() for ink in self.left_out],
            "model": vars(self.model).copy(),
        }
