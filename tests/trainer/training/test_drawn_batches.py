"""Batches of pictures, drawings and what is no digit hold what their mixture says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trainer.augmentation.images import ImageAugmentation
from trainer.augmentation.strokes import StrokeAugmentation
from trainer.data.collection import Data, load_data
from trainer.training.batches import Material
from trainer.training.drawn_batches import NOT_A_DIGIT, DrawnBatches, Mixture

MIXTURE = Mixture(images=0.4, pasted=0.1, letters=0.1, made_up=0.15, pictures_only=0.3)


@pytest.fixture(scope="module")
def data(data_folder: Path) -> Data:
    return load_data(data_folder, outliers="required")


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
