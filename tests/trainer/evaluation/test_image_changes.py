from __future__ import annotations

import cv2
import numpy as np
import pytest

from trainer.evaluation.image_changes import (
    IMAGE_CHANGES,
    ImageChange,
    Pictures,
    blurred,
    faded,
    noisy,
    scaled,
    sheared,
    shifted,
    thickened,
    thinned,
    turned,
)

ALL = [change for strengths in IMAGE_CHANGES.values() for change in strengths.values()]


@pytest.fixture
def bars() -> Pictures:
    """Sixteen times a bar of 4 by 12 pixels in the middle."""
    pictures = np.zeros((16, 28, 28, 1), np.float32)
    pictures[:, 8:20, 12:16] = 1
    return pictures


def _centre(picture: np.ndarray) -> tuple[float, float]:
    moments = cv2.moments(picture[..., 0])
    return moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]


def _ink(pictures: Pictures) -> float:
    return float(pictures.sum()) / len(pictures)


@pytest.mark.parametrize("change", ALL)
def test_every_change_gives_other_pictures_that_a_network_can_read(
    bars: Pictures, change: ImageChange
) -> None:
    before = bars.copy()

    changed = change(bars)

    assert changed.shape == bars.shape
    assert changed.dtype == np.float32
    assert 0 <= changed.min() < changed.max() <= 1
    assert not np.array_equal(changed, before)
    np.testing.assert_array_equal(bars, before)
    np.testing.assert_array_equal(change(bars), changed)


def test_shifts_go_in_eight_directions_in_turn(bars: Pictures) -> None:
    moved = {
        tuple(np.round(np.subtract(_centre(picture), (13.5, 13.5)), 3))
        for picture in shifted(3)(bars)
    }

    assert moved == {(x, y) for x in (-3, 0, 3) for y in (-3, 0, 3)} - {(0, 0)}


def test_neighbours_are_turned_to_different_sides(bars: Pictures) -> None:
    moments = [cv2.moments(picture) for picture in turned(20)(bars)[:2]]

    tilts = [  # of the long axis against the vertical
        np.rad2deg(np.arctan2(2 * each["mu11"], each["mu02"] - each["mu20"])) / 2
        for each in moments
    ]
    assert sorted(tilts) == pytest.approx([-20, 20], abs=0.5)


@pytest.mark.parametrize("factor", [0.6, 1.4])
def test_scaling_changes_the_area_by_the_square(factor: float) -> None:
    square = np.zeros((1, 28, 28, 1), np.float32)
    square[:, 6:22, 6:22] = 1

    assert _ink(scaled(factor)(square)) == pytest.approx(16**2 * factor**2, rel=0.1)


def test_pens_grow_and_shrink_by_as_much_on_each_side(bars: Pictures) -> None:
    assert _ink(thickened(1)(bars)) == pytest.approx(6 * 14, rel=0.06)
    assert _ink(thinned(1)(bars)) == pytest.approx(2 * 10, rel=0.06)


def test_noise_is_as_strong_as_it_says(bars: Pictures) -> None:
    grey = np.full_like(bars, 0.5)

    assert noisy(0.1)(grey).std() == pytest.approx(0.1, rel=0.05)


def test_blur_spreads_ink_without_losing_any(bars: Pictures) -> None:
    changed = blurred(1)(bars)

    assert _ink(changed) == pytest.approx(48, rel=0.01)
    assert changed.max() < 1


def test_neighbours_are_slanted_to_different_sides_around_the_middle(bars: Pictures) -> None:
    changed = sheared(0.3)(bars)

    slants = []
    for picture in changed[:2]:
        moments = cv2.moments(picture[..., 0])
        slants.append(moments["mu11"] / moments["mu02"])
        assert _centre(picture) == pytest.approx((13.5, 13.5), abs=0.1)
    assert sorted(slants) == pytest.approx([-0.3, 0.3], abs=0.02)


def test_faded_ink_keeps_its_form(bars: Pictures) -> None:
    np.testing.assert_allclose(faded(0.25)(bars), bars / 4)
