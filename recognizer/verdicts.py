"""Decide what kind of answer the network's opinions come to: plain, in doubt, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from recognizer.opinions import Opinions
from recognizer.prediction import Verdict
from recognizer.runs.settlement import Thresholds
from recognizer.strokes import Mode

# What is likelier a digit than not is never refused, only doubted: a run's threshold lies where it
# costs one real digit in a hundred, and that one was drawn by somebody, too.
_LIKELIER_THAN_NOT = 0.5


@dataclass(frozen=True)
class Judgement:
    """A verdict on what was read.

    Attributes:
        verdict: what kind of answer it is.
        confidence: the calibrated probability that it is right, 0 to 1.
        doubtful: places of the digits that are why it is ``unsure``; none where it is not.
    """

    verdict: Verdict
    confidence: float
    doubtful: frozenset[int] = frozenset()


def judge(opinions: Opinions, thresholds: Thresholds, mode: Mode) -> Judgement:
    """Judge what was read, in reading order.

    Who asks for one digit, ``whatever it looks like``, is told the best guess, as a doubt where
    it would else be refused.  A number is only as good as its worst digit, and is refused when
    nothing in it may be a digit.

    Args:
        opinions: on each of the digits that were read; none for a blank drawing.
        thresholds: of the run, for what was read.
        mode: what was asked for.
    """
    if not len(opinions):
        return Judgement("blank", 1.0)
    digitness = opinions.digitness.tolist()
    confidences = [max(row) for row in opinions.probabilities.tolist()]
    if mode != "digit" and max(digitness) < refused_below(thresholds):
        return Judgement("not_a_digit", 1 - max(digitness))
    confidence = 1.0
    for sure, is_one in zip(confidences, digitness, strict=True):
        confidence *= sure
        if mode != "digit" and is_one < thresholds.digitness:  # nobody has said that it is one
            confidence *= is_one
    if min(digitness) < thresholds.digitness or min(confidences) < thresholds.confidence:
        doubtful = [
            place
            for place, (sure, is_one) in enumerate(zip(confidences, digitness, strict=True))
            if is_one < thresholds.digitness or sure < thresholds.confidence
        ]
        return Judgement("unsure", confidence, frozenset(doubtful))
    is_number = len(opinions) > 1 or mode == "number"
    return Judgement("number" if is_number else "digit", confidence)


def refused_below(thresholds: Thresholds) -> float:
    """The digitness below which something is no digit for sure."""
    return min(thresholds.digitness, _LIKELIER_THAN_NOT)
