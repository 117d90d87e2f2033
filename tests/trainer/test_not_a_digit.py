"""What is made up to learn refusing from is drawable, reproducible, and no digit any more."""

from __future__ import annotations

import numpy as np
import pytest

from recognizer.geometry import draw
from tests.trainer.conftest import HANDWRITTEN
from trainer.augmentation.photographs import photograph
from trainer.augmentation.scribbles import draw_scribble
from trainer.augmentation.spoiling import paste_side_by_side, put_side_by_side, strike_out

FOUR = [np.array(stroke, float) for stroke in HANDWRITTEN[4]]
SEVEN = [np.array(stroke, float) for stroke in HANDWRITTEN[7]]


def _extent(strokes: list[np.ndarray]) -> np.ndarray:
    points = np.concatenate(strokes)
    return points.max(axis=0) - points.min(axis=0)


@pytest.mark.parametrize("seed", range(40))
def test_a_scribble_can_be_drawn_and_is_the_same_for_the_same_state(seed: int) -> None:
    first, second = (draw_scribble(np.random.default_rng(seed)) for _ in range(2))

    assert all(stroke.shape[1] == 2 and np.isfinite(stroke).all() for stroke in first)
    np.testing.assert_array_equal(draw(first), draw(second))
    assert draw(first).any()


def test_scribbles_are_of_many_kinds() -> None:
    random = np.random.default_rng(0)

    inks = [draw_scribble(random) for _ in range(200)]

    assert len({len(strokes) for strokes in inks}) >= 5
    assert len({draw(strokes).tobytes() for strokes in inks}) > 180  # lone dots are alike


@pytest.mark.parametrize("seed", range(12))
def test_a_digit_struck_out_keeps_its_strokes_and_gets_more(seed: int) -> None:
    struck = strike_out(FOUR, np.random.default_rng(seed))

    for stroke, own in zip(struck, FOUR, strict=False):
        np.testing.assert_array_equal(stroke, own)
    assert len(struck) >= len(FOUR) + 1
    assert len(struck) != len(FOUR) + 1 or len(struck[-1]) > 2  # one straight line is not enough


def test_a_dot_can_be_struck_out() -> None:
    assert draw(strike_out([np.zeros((1, 2))], np.random.default_rng(0))).any()


@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e4])
def test_two_digits_side_by_side_are_wider_than_each(unit: float) -> None:
    pair = put_side_by_side(FOUR, [unit * stroke for stroke in SEVEN], np.random.default_rng(1))

    width, height = _extent(pair)
    assert len(pair) == len(FOUR) + len(SEVEN)
    assert width > 1.2 * _extent(FOUR)[0] / _extent(FOUR)[1]
    assert height < 2


def test_two_pictures_pasted_together_are_a_picture_of_both() -> None:
    pasted = paste_side_by_side(draw(FOUR), draw(SEVEN), np.random.default_rng(2))

    columns = np.flatnonzero(pasted.any(axis=0))
    rows = np.flatnonzero(pasted.any(axis=1))
    assert pasted.shape == (28, 28)
    assert np.ptp(columns) >= 18
    assert np.ptp(rows) < np.ptp(columns)


def test_only_a_share_of_the_pictures_looks_like_a_photo() -> None:
    ink = np.stack([draw(FOUR)] * 400)

    changed = photograph(ink, 0.25, np.random.default_rng(3))

    differs = (changed != ink).any(axis=(1, 2))
    assert 60 < differs.sum() < 140
    assert changed.dtype == np.uint8
    assert (changed.reshape(400, -1).max(axis=1) > 100).all()
    np.testing.assert_array_equal(ink[0], draw(FOUR))


def test_the_same_state_gives_the_same_photos() -> None:
    ink = np.stack([draw(FOUR), draw(SEVEN)])

    first, second = (photograph(ink, 1.0, np.random.default_rng(4)) for _ in range(2))

    np.testing.assert_array_equal(first, second)
