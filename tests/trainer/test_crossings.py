"""Digits are crossed where people cross them, and others are left alone."""

from __future__ import annotations

import numpy as np
import pytest

from recognizer.geometry import draw
from tests.trainer.conftest import HANDWRITTEN
from trainer.augmentation.crossings import cross, rule


def _strokes(digit: int) -> list[np.ndarray]:
    return [np.array(stroke, float) for stroke in HANDWRITTEN[digit]]


@pytest.mark.parametrize("digit", [2, 3, 4, 5, 6, 8, 9])
def test_other_digits_stay_as_they_are(digit: int) -> None:
    strokes = _strokes(digit)

    assert cross(strokes, digit, np.random.default_rng(0)) is strokes


@pytest.mark.parametrize("digit", [0, 1, 7])
@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e4])
def test_the_line_is_added_to_the_digit_in_its_own_unit(digit: int, unit: float) -> None:
    strokes = [unit * stroke + 5 * unit for stroke in _strokes(digit)]

    crossed = cross(strokes, digit, np.random.default_rng(1))

    assert len(crossed) == len(strokes) + 1
    for own, kept in zip(strokes, crossed, strict=False):
        np.testing.assert_array_equal(own, kept)
    size = np.ptp(np.concatenate(strokes), axis=0).max()
    assert 0.2 * size < np.ptp(crossed[-1], axis=0).max() < 1.6 * size
    middle = (np.concatenate(strokes).max(axis=0) + np.concatenate(strokes).min(axis=0)) / 2
    assert np.abs(crossed[-1].mean(axis=0) - middle)[0] < 0.1 * size
    assert not np.array_equal(draw(crossed), draw(strokes))


def test_a_foot_stands_at_the_bottom_and_a_bar_in_the_middle() -> None:
    feet = [cross(_strokes(1), 1, np.random.default_rng(seed))[-1] for seed in range(30)]
    bars = [cross(_strokes(7), 7, np.random.default_rng(seed))[-1] for seed in range(30)]

    assert np.mean(feet, axis=(0, 1))[1] == pytest.approx(14, abs=0.7)
    assert np.mean(bars, axis=(0, 1))[1] == pytest.approx(7, abs=0.7)


def test_a_foot_stands_on_both_sides_of_a_straight_one() -> None:
    upright = np.array([[5.0, 0], [5, 20]])

    feet = [cross([upright], 1, np.random.default_rng(seed))[-1] for seed in range(30)]

    assert np.mean(feet, axis=(0, 1))[0] == pytest.approx(5, abs=0.7)


def test_a_seven_that_may_have_its_bar_gets_no_other() -> None:
    barred = [*_strokes(7), np.array([[2.0, 7], [8, 7]])]

    assert cross(barred, 7, np.random.default_rng(0)) is barred


def test_a_dot_can_be_crossed() -> None:
    assert draw(cross([np.zeros((1, 2))], 0, np.random.default_rng(0))).any()


def test_a_one_of_a_single_stroke_is_ruled_from_its_beginning_to_its_end() -> None:
    trembling = np.array([[3.0, 0], [2.8, 4], [3.3, 9], [3.0, 14]])

    (ruled,) = rule([trembling], np.random.default_rng(0))

    np.testing.assert_allclose(ruled[[0, -1]], trembling[[0, -1]])
    np.testing.assert_allclose(ruled[:, 0], 3.0)


@pytest.mark.parametrize("digit", [1, 7])
def test_what_is_no_upright_line_is_not_ruled(digit: int) -> None:
    strokes = _strokes(digit)

    assert rule(strokes, np.random.default_rng(0)) is strokes
