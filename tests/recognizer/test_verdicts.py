"""Verdicts: plain, in doubt, or a refusal, as the run's thresholds have it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recognizer.prediction import Box, LeftOut
from recognizer.reading import ReadDigit, Reading
from recognizer.runs.calibration import Thresholds
from recognizer.strokes import Mode
from recognizer.verdicts import judge

THRESHOLDS = Thresholds(digitness=(0.7,) * 10, confidence=0.6)
BOX = Box(0, 0, 1, 1)


def read(*rows: tuple[float, float]) -> Reading:
    """Of digitness and confidence each; the digits are 0, 1, 2, …"""
    digits = []
    for digit, (digitness, confidence) in enumerate(rows):
        probabilities = np.full(10, (1 - confidence) / 9)
        probabilities[digit] = confidence
        ink = np.zeros((28, 28), np.uint8)
        digits.append(ReadDigit((digit,), BOX, ink, probabilities, digitness))
    return Reading(tuple(digits))


@pytest.mark.parametrize(
    ("rows", "mode", "verdict", "confidence"),
    [
        ([], "auto", "blank", 1),
        ([(0.9, 0.95)], "auto", "digit", 0.95),
        ([(0.9, 0.95)], "digit", "digit", 0.95),
        ([(0.9, 0.95)], "number", "number", 0.95),
        ([(0.7, 0.6)], "auto", "digit", 0.6),
        ([(0.9, 0.59)], "auto", "unsure", 0.59),
        ([(0.49, 0.95)], "auto", "not_a_digit", 0.51),
        ([(0.49, 0.95)], "number", "not_a_digit", 0.51),
        ([(0.49, 0.95)], "digit", "unsure", 0.95),
        ([(0.5, 0.9)], "auto", "unsure", 0.45),
        ([(0.69, 0.9)], "number", "unsure", 0.621),
        ([(0.9, 0.9), (0.8, 0.8)], "auto", "number", 0.72),
        ([(0.9, 0.9), (0.8, 0.5)], "auto", "unsure", 0.45),
        ([(0.9, 0.9), (0.1, 0.8)], "auto", "unsure", 0.072),
        ([(0.6, 0.9), (0.1, 0.8)], "auto", "unsure", 0.0432),
        ([(0.2, 0.9), (0.1, 0.8)], "auto", "not_a_digit", 0.8),
        ([(0.45, 0.9), (0.45, 0.9)], "auto", "not_a_digit", 0.55),
        ([(0.45, 0.9), (0.45, 0.9)], "number", "unsure", 0.164025),
        ([(0.2, 0.9), (0.1, 0.8)], "number", "not_a_digit", 0.72),
    ],
)
def test_the_verdict_and_how_sure_it_is(
    rows: list[tuple[float, float]], mode: Mode, verdict: str, confidence: float
) -> None:
    judgement = judge(read(*rows), THRESHOLDS, mode)

    assert judgement.verdict == verdict
    assert judgement.confidence == pytest.approx(confidence)


def test_a_threshold_below_one_half_refuses_what_is_below_it() -> None:
    lenient = Thresholds(digitness=(0.3,) * 10, confidence=0.6)

    verdicts = [judge(read((digitness, 0.9)), lenient, "auto") for digitness in (0.29, 0.3)]

    assert [judgement.verdict for judgement in verdicts] == ["not_a_digit", "digit"]


def test_a_run_without_thresholds_refuses_nothing() -> None:
    assert judge(read((0.0, 0.11)), Thresholds(), "auto").verdict == "digit"


@pytest.mark.parametrize(
    ("rows", "mode", "doubtful"),
    [
        ([(0.9, 0.9), (0.8, 0.8)], "auto", set()),
        ([(0.9, 0.9), (0.8, 0.5)], "auto", {1}),
        ([(0.6, 0.9), (0.9, 0.9), (0.9, 0.5)], "number", {0, 2}),
        ([(0.49, 0.95)], "digit", {0}),
        ([(0.2, 0.9), (0.1, 0.8)], "auto", set()),
        ([], "auto", set()),
    ],
)
def test_the_digits_that_make_an_answer_unsure_are_named(
    rows: list[tuple[float, float]], mode: Mode, doubtful: set[int]
) -> None:
    judgement = judge(read(*rows), THRESHOLDS, mode)

    assert judgement.doubtful == doubtful
    assert bool(doubtful) == (judgement.verdict == "unsure")


def test_a_digit_has_a_threshold_of_its_own() -> None:
    strict = Thresholds(digitness=(0.95, *[0.7] * 9), confidence=0.6)

    judgement = judge(read((0.9, 0.99), (0.9, 0.99)), strict, "auto")

    assert (judgement.verdict, judgement.doubtful) == ("unsure", {0})


@pytest.mark.parametrize("mode", ["auto", "number"])
def test_with_ink_left_out_nothing_is_sure_and_no_digit_is_to_blame(mode: Mode) -> None:
    reading = replace(read((0.9, 0.95), (0.9, 0.95)), left_out=(LeftOut((2,), BOX),))

    judgement = judge(reading, THRESHOLDS, mode)

    assert (judgement.verdict, judgement.doubtful) == ("unsure", frozenset())
    assert judgement.confidence == pytest.approx(0.95**2)


def test_what_may_be_no_number_at_all_has_doubtful_digits_only() -> None:
    judgement = judge(replace(read((0.9, 0.95), (0.9, 0.95)), is_doubtful=True), THRESHOLDS, "auto")

    assert (judgement.verdict, judgement.doubtful) == ("unsure", {0, 1})
