"""Verdicts: plain, in doubt, or a refusal, as the run's thresholds have it."""

from __future__ import annotations

import numpy as np
import pytest

from recognizer.opinions import Opinions
from recognizer.runs.settlement import Thresholds
from recognizer.strokes import Mode
from recognizer.verdicts import judge

THRESHOLDS = Thresholds(digitness=0.7, confidence=0.6)


def opinions(*rows: tuple[float, float]) -> Opinions:
    """Of digitness and confidence each; the digits are 0, 1, 2, …"""
    probabilities = np.array([np.full(10, (1 - confidence) / 9) for _, confidence in rows])
    for digit, (_, confidence) in enumerate(rows):
        probabilities[digit, digit] = confidence
    return Opinions(probabilities.reshape(-1, 10), np.array([digitness for digitness, _ in rows]))


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
    ],
)
def test_the_verdict_and_how_sure_it_is(
    rows: list[tuple[float, float]], mode: Mode, verdict: str, confidence: float
) -> None:
    judgement = judge(opinions(*rows), THRESHOLDS, mode)

    assert judgement.verdict == verdict
    assert judgement.confidence == pytest.approx(confidence)


def test_a_threshold_below_one_half_refuses_what_is_below_it() -> None:
    lenient = Thresholds(digitness=0.3, confidence=0.6)

    verdicts = [judge(opinions((digitness, 0.9)), lenient, "auto") for digitness in (0.29, 0.3)]

    assert [judgement.verdict for judgement in verdicts] == ["not_a_digit", "digit"]


def test_a_run_without_thresholds_refuses_nothing() -> None:
    assert judge(opinions((0.0, 0.11)), Thresholds(), "auto").verdict == "digit"


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
    judgement = judge(opinions(*rows), THRESHOLDS, mode)

    assert judgement.doubtful == doubtful
    assert bool(doubtful) == (judgement.verdict == "unsure")
