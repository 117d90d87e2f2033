from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recognizer.geometry import draw
from tests.trainer.conftest import HANDWRITTEN
from trainer.augmentation.images import ImageAugmentation, augment_images
from trainer.augmentation.strokes import StrokeAugmentation, augment_drawings, pen_widths

FOUR = [np.array(stroke, float) for stroke in HANDWRITTEN[4]]
STILL_IMAGES = ImageAugmentation(
    rotation=0, scale=0, stretch=0, shear=0, shift=0, elastic=0, untouched=0
)
STILL = StrokeAugmentation(
    rotation=0, shear=0, stretch=0, warp=0, jitter=0, grid=0, thin_out=0, cut=0, join=0
)


def _augment(
    strokes: list[np.ndarray], how: StrokeAugmentation, random: np.random.Generator
) -> list[np.ndarray]:
    return augment_drawings([strokes], how, random)[0]


def _difference(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.abs(first.astype(int) - second).mean())


def test_strokes_without_any_change_give_the_same_picture() -> None:
    changed = _augment(FOUR, STILL, np.random.default_rng(0))

    assert _difference(draw(changed), draw(FOUR)) < 0.5


def test_the_same_state_gives_the_same_copy() -> None:
    first, second = (
        _augment(FOUR, StrokeAugmentation(), np.random.default_rng(3)) for _ in range(2)
    )

    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))


@pytest.mark.parametrize(
    "change",
    [
        {"rotation": 8.0},
        {"shear": 0.2},
        {"stretch": 0.3},
        {"warp": 0.05},
        {"jitter": 0.03},
        {"grid": 0.1},
    ],
)
def test_each_change_changes_the_picture(change: dict[str, float]) -> None:
    how = replace(STILL, **change)

    differences = [
        _difference(draw(_augment(FOUR, how, np.random.default_rng(seed))), draw(FOUR))
        for seed in range(10)
    ]

    assert max(differences) > 2


def test_drawings_are_changed_each_in_its_own_way() -> None:
    nothing = np.zeros((0, 2))
    drawings = [FOUR, [1000 * FOUR[0] + 77, nothing], FOUR]

    first, second, third = augment_drawings(
        drawings, replace(STILL, rotation=8.0, warp=0.05), np.random.default_rng(0)
    )

    assert [len(stroke) for stroke in first] == [3, 2]
    assert [len(stroke) for stroke in second] == [3]
    assert _difference(draw(first), draw(third)) > 1
    for copy, drawing in ((first, FOUR), (second, FOUR[:1]), (third, FOUR)):
        assert 0.7 < np.ptp(np.concatenate(copy), axis=0).max() < 1.4
        assert _difference(draw(copy), draw(drawing)) < 25


def test_joining_leaves_one_stroke_less() -> None:
    changed = _augment(FOUR, replace(STILL, join=1.0), np.random.default_rng(0))

    assert [len(stroke) for stroke in changed] == [5]


def test_cutting_takes_at_most_an_eighth_of_one_stroke() -> None:
    long = [np.column_stack([np.arange(80.0), np.sin(np.arange(80.0))])]
    how = replace(STILL, cut=1.0)

    lengths = {len(_augment(long, how, np.random.default_rng(s))[0]) for s in range(60)}

    assert max(lengths) == 80
    assert min(lengths) < 75
    assert min(lengths) >= 70


def test_thinning_out_keeps_the_ends_and_no_fewer_than_eight_points() -> None:
    long = [np.column_stack([np.arange(100.0), np.zeros(100)])]
    how = replace(STILL, thin_out=1.0)

    for seed in range(30):
        (stroke,) = _augment(long, how, np.random.default_rng(seed))
        assert 8 <= len(stroke) <= 100
        assert stroke[0, 0] == pytest.approx(-0.5, abs=1e-6)
        assert stroke[-1, 0] == pytest.approx(0.5, abs=1e-6)


@pytest.mark.parametrize(
    "strokes",
    [
        [np.array([[3.0, 4.0]])],
        [np.array([[3.0, 4.0], [3.0, 4.0]]), np.zeros((0, 2))],
        [np.array([[0.0, 0.0], [0.0, 9.0]])],
    ],
    ids=["dot", "dot and nothing", "line"],
)
def test_degenerate_drawings_survive(strokes: list[np.ndarray]) -> None:
    for seed in range(30):
        changed = _augment(strokes, StrokeAugmentation(), np.random.default_rng(seed))
        assert draw(changed).any()


def test_pen_widths_stay_in_their_range() -> None:
    how, random = StrokeAugmentation(pen_widths=(1.5, 3.5)), np.random.default_rng(0)

    widths = pen_widths(200, how, random)

    assert 1.5 <= min(widths) < 1.7
    assert 3.3 < max(widths) <= 3.5


def _copies(how: ImageAugmentation, number: int, seed: int = 0) -> np.ndarray:
    return augment_images(np.stack([draw(FOUR)] * number), how, np.random.default_rng(seed))


def test_images_without_any_change_stay_the_same() -> None:
    how = ImageAugmentation(
        rotation=0, scale=0, stretch=0, shear=0, shift=0, elastic=0, untouched=0
    )

    assert (_copies(how, 5) == draw(FOUR)).all()


def test_images_are_changed_each_in_its_way_but_keep_their_ink() -> None:
    ink = draw(FOUR)

    changed = _copies(ImageAugmentation(untouched=0), 20)

    assert all(0.5 < copy.sum() / ink.sum() < 2 for copy in changed)
    assert all(_difference(copy, ink) > 1 for copy in changed)
    assert len({copy.tobytes() for copy in changed}) == 20


@pytest.mark.parametrize(
    "change",
    [
        {"rotation": 10.0},
        {"scale": 0.15},
        {"stretch": 0.3},
        {"shear": 0.2},
        {"shift": 1.0},
        {"elastic": 1.0},
    ],
)
def test_each_change_changes_images(change: dict[str, float]) -> None:
    changed = _copies(replace(STILL_IMAGES, **change), 10)

    assert max(_difference(copy, draw(FOUR)) for copy in changed) > 2


def test_an_image_that_is_moved_only_is_the_same_image_elsewhere() -> None:
    ink = draw(FOUR).astype(float)

    changed = _copies(replace(STILL_IMAGES, shift=2.0), 10).astype(float)

    spread = [_spread(copy) for copy in changed]
    assert np.allclose(spread, _spread(ink), atol=0.15)


def test_some_images_stay_as_sharp_as_they_are() -> None:
    untouched = (_copies(ImageAugmentation(), 200) == draw(FOUR)).all(axis=(1, 2))

    assert 10 < untouched.sum() < 60


def test_the_images_that_were_given_are_not_written_to() -> None:
    ink = np.stack([draw(FOUR)] * 3)

    augment_images(ink, ImageAugmentation(untouched=0), np.random.default_rng(0))

    assert (ink == draw(FOUR)).all()


def _spread(ink: np.ndarray) -> np.ndarray:
    """Standard deviations of the ink along y and x."""
    places = np.indices(ink.shape).reshape(2, -1)
    weights = ink.ravel() / ink.sum()
    means = places @ weights
    return np.sqrt(((places - means[:, None]) ** 2) @ weights)
