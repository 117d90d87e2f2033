"""Decide what kind of answer a reading comes to: plain, in doubt, or a refusal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from recognizer.prediction import Verdict
from recognizer.reading import ReadDigit, Reading
from recognizer.runs.calibration import Thresholds
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
        doubtful: places of the digits that are why it is ``unsure``; none where it is not, or
            where only ink that was left out makes it so.
    """

    verdict: Verdict
    confidence: float
    doubtful: frozenset[int] = frozenset()


def judge(reading: Reading, thresholds: Thresholds, mode: Mode) -> Judgement:
    """Judge what was read, in reading order.

    Who asks for one digit, ``whatever it looks like``, is told the best guess, as a doubt where
    it would else be refused.  A number is only as good as its worst digit, is never sure where
    ink was left out or a digit may be a sign, and is refused when likelier than not nothing in it
    is a digit.

    Args:
        reading: the digits that were read; none for a blank drawing.
        thresholds: of the run, for what was read.
        mode: what was asked for.
    """
    digits = reading.digits
    if not digits:
        return Judgement("blank", 1.0)
    if mode != "digit" and not any(_is_digit(one, thresholds) for one in digits):
        nothing = _nothing(digits, mode)
        if nothing > _LIKELIER_THAN_NOT:
            return Judgement("not_a_digit", nothing)
    confidence = 1.0
    doubtful = set()
    for place, one in enumerate(digits):
        is_one = _is_digit(one, thresholds)
        confidence *= one.confidence
        if mode != "digit" and not is_one:  # nobody has said that it is one
            confidence *= one.digitness
        if one.may_be_sign:
            confidence *= _LIKELIER_THAN_NOT
        is_plain = is_one and one.confidence >= thresholds.confidence and not one.may_be_sign
        if not is_plain or reading.is_doubtful:
            doubtful.add(place)
    if doubtful or reading.left_out:
        return Judgement("unsure", confidence, frozenset(doubtful))
    is_number = len(digits) > 1 or mode == "number"
    return Judgement("number" if is_number else "digit", confidence)


def refused_below(thresholds: Thresholds, digit: int) -> float:
    """The digitness below which what looks most like this digit is none for sure."""
    return min(thresholds.digitness[digit], _LIKELIER_THAN_NOT)


def _is_digit(one: ReadDigit, thresholds: Thresholds) -> bool:
    return one.digitness >= thresholds.digitness[one.digit]


def _nothing(digits: Sequence[ReadDigit], mode: Mode) -> float:
    """How likely nothing of what was read is a digit.

    Parts of a word or a texture are not independent of each other, so the likeliest one counts;
    who asks for a number vouches for two digits at least.
    """
    doubts = sorted(1 - one.digitness for one in digits)
    return math.prod(doubts[: 2 if mode == "number" else 1])
