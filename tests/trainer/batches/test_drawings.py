"""Batches of pictures, drawings and what is no digit hold what their mixture says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.geometry import draw
from trainer.augmentation.images import ImageAugmentation
from trainer.augmentation.strokes import StrokeAugmentation
from trainer.batches import drawings
from trainer.batches.base import Material
from trainer.batches.drawings import NOT_A_DIGIT, DrawnBatches, Mixture
from trainer.data.collection import Data, load_data
from trainer.data.mnist import Images
from trainer.data.stroke_files import LabelledDrawing
from trainer.recipes import strokes
from trainer.settings.definition import limits_of

MIXTURE = Mixture(images=0.4, pasted=0.1, letters=0.1, made_up=0.15, pictures_only=0.3)


@pytest.fixture(scope="module")
def data(data_folder: Path) -> Data:
    return load_data(data_folder, outliers="required")


@pytest.fixture(scope="module")
def one_picture() -> Images:
    return Images(draw([np.array([[0.0, 0], [60, 0], [25, 100]])])[np.newaxis], np.array([7]))


def _of(
    found: Images, label: int, stroke: NDArray[np.float64], epoch: int = 0, **mixture: float
) -> dict[str, NDArray[np.float32]]:
    """Three batches of a single drawing's copies, and of nothing else than what is asked for."""
    nothing = {"images": 0.0, "pasted": 0.0, "letters": 0.0, "made_up": 0.0, "pictures_only": 0.0}
    batches = DrawnBatches(
        Material(found, [LabelledDrawing(label, "here", "w", (stroke,))]),
        20,
        1,
        epoch,
        steps=3,
        mixture=Mixture(**{**nothing, "photographed": 0.0, **mixture}),
        strokes=StrokeAugmentation(),
        images=ImageAugmentation(),
    )
    inputs = [batches[place][0] for place in range(3)]
    return {name: np.concatenate([one[name] for one in inputs]) for name in inputs[0]}


def _batches(
    data: Data, mixture: Mixture = MIXTURE, epoch: int = 0, *, with_outliers: bool = True
) -> DrawnBatches:
    outliers = data.outliers if with_outliers else ()
    return DrawnBatches(
        Material(data.mnist.train, data.drawings, outliers),
        20,
        1,
        epoch,
        steps=25,
        mixture=mixture,
        strokes=StrokeAugmentation(reverse=0.2, hook=0.2),
        images=ImageAugmentation(),
    )


@pytest.mark.parametrize("with_outliers", [True, False])
@pytest.mark.parametrize("batch_size", [2, 3, 18, 64])
def test_the_largest_parts_that_can_be_set_still_make_a_batch(
    data: Data, batch_size: int, with_outliers: bool
) -> None:
    limits = limits_of(strokes.Settings)
    largest = {name: limits[name].high for name in ("images", "pasted", "letters", "made_up")}
    settings = replace(strokes.Settings(), batch_size=batch_size, **largest)
    outliers = data.outliers if with_outliers else ()

    batches = strokes.make_batches(settings, Material(data.mnist.train, data.drawings, outliers), 0)

    assert len(batches[0][1]) == batch_size


def test_a_batch_is_what_the_network_reads(data: Data) -> None:
    inputs, labels = _batches(data)[0]

    assert inputs["picture"].shape == (20, 28, 28, 1)
    assert inputs["directions"].shape == (20, 14, 14, 8)
    assert {array.dtype for array in inputs.values()} == {np.dtype(np.float32)}
    assert 0 <= inputs["picture"].min() < 0.1 < 0.9 < inputs["picture"].max() <= 1
    assert labels.shape == (20,)


def test_the_mixture_says_how_much_is_no_digit(data: Data) -> None:
    labels = np.stack([_batches(data)[place][1] for place in range(5)])

    assert ((labels == NOT_A_DIGIT).sum(axis=1) == 2 + 2 + 3).all()
    assert set(labels.ravel()) == set(range(11))


def test_without_letters_there_are_more_digits(data: Data) -> None:
    _, labels = _batches(data, with_outliers=False)[0]

    assert len(labels) == 20
    assert (labels == NOT_A_DIGIT).sum() == 2 + 3


def test_pictures_come_without_directions_and_drawings_with_them(data: Data) -> None:
    inputs, _ = _batches(data, replace(MIXTURE, pictures_only=0.0))[0]

    has_directions = inputs["directions"].any(axis=(1, 2, 3))
    assert not has_directions[:10].any()
    assert has_directions[10:].all()


def test_some_drawings_come_as_pictures_only(data: Data) -> None:
    batches = _batches(data, replace(MIXTURE, pictures_only=0.5))

    bare = np.stack([~batches[place][0]["directions"].any(axis=(1, 2, 3)) for place in range(25)])

    assert 0.35 < bare[:, 10:].mean() < 0.65
    assert all(batches[place][0]["picture"].any(axis=(1, 2, 3)).all() for place in range(5))


def test_the_same_epoch_gives_the_same_batches_and_another_gives_others(data: Data) -> None:
    first, again, later = _batches(data)[3], _batches(data)[3], _batches(data, epoch=1)[3]

    for name in ("picture", "directions"):
        np.testing.assert_array_equal(first[0][name], again[0][name])
        assert not np.array_equal(first[0][name], later[0][name])
    np.testing.assert_array_equal(first[1], again[1])


CIRCLE = np.array([[np.cos(turn), 1.5 * np.sin(turn)] for turn in np.linspace(0, 6.28, 30)])
TREMBLING = np.array([[3 * (-1) ** place, 2 * place] for place in range(50)], float)


@pytest.mark.parametrize("mixture", [{"images": 0.5}, {"pictures_only": 1.0}])
def test_what_comes_without_directions_is_photographed(
    one_picture: Images, mixture: dict[str, float]
) -> None:
    plain = _of(one_picture, 0, CIRCLE, **mixture)["picture"]

    photos = _of(one_picture, 0, CIRCLE, photographed=1.0, **mixture)["picture"]

    assert (photos[:10] != plain[:10]).any(axis=(1, 2, 3)).mean() > 0.8


def test_drawings_with_directions_are_not_photographed(one_picture: Images) -> None:
    plain = _of(one_picture, 0, CIRCLE)["picture"]

    photos = _of(one_picture, 0, CIRCLE, photographed=1.0)["picture"]

    np.testing.assert_array_equal(photos, plain)


def test_crossed_digits_have_a_line_more(one_picture: Images) -> None:
    plain = _of(one_picture, 0, CIRCLE)["directions"]

    crossed = _of(one_picture, 0, CIRCLE, crossed=1.0)["directions"]

    assert crossed.sum() > 1.1 * plain.sum()


@pytest.mark.parametrize(("label", "is_ruled"), [(1, True), (7, False)])
def test_ones_are_ruled_and_other_digits_are_not(
    one_picture: Images, label: int, is_ruled: bool
) -> None:
    plain = _of(one_picture, label, TREMBLING)["directions"]

    ruled = _of(one_picture, label, TREMBLING, ruled=1.0)["directions"]

    assert (ruled.sum() < 0.9 * plain.sum()) == is_ruled


def test_what_is_made_up_is_a_third_of_each_kind(
    one_picture: Images, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    for name in ("draw_scribble", "strike_out", "put_side_by_side"):
        maker = getattr(drawings, name)
        monkeypatch.setattr(
            drawings,
            name,
            lambda *given, name=name, maker=maker: (made.append(name), maker(*given))[1],
        )

    _of(one_picture, 0, CIRCLE, made_up=0.3)

    assert Counter(made) == dict.fromkeys(("draw_scribble", "strike_out", "put_side_by_side"), 6)


def test_another_epoch_changes_the_same_samples_otherwise(one_picture: Images) -> None:
    first, later = (_of(one_picture, 0, CIRCLE, epoch, images=0.5) for epoch in (0, 1))

    changed = (first["picture"] != later["picture"]).any(axis=(1, 2, 3))
    assert changed.mean() > 0.8
