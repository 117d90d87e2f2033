from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from recognizer.geometry import draw
from trainer.augmentation.images import ImageAugmentation
from trainer.batches.base import Material
from trainer.batches.pictures import ImageBatches, MixedBatches
from trainer.data.collection import Data, load_data


@pytest.fixture(scope="module")
def data(data_folder: Path) -> Data:
    return load_data(data_folder)


def _batches(data: Data, epoch: int = 0, seed: int = 1) -> MixedBatches:
    material = Material(data.mnist.train, data.drawings)
    return MixedBatches(material, 16, seed, epoch, steps=25)


def test_a_batch_is_what_the_network_reads(data: Data) -> None:
    inputs, labels = _batches(data)[0]

    assert inputs.shape == (16, 28, 28, 1)
    assert inputs.dtype == np.float32
    assert 0 <= inputs.min() < 0.1 < 0.9 < inputs.max() <= 1
    assert labels.shape == (16,)


def test_labels_belong_to_their_pictures(data: Data) -> None:
    means = [
        np.stack([i for i, at in _pairs(data) if at == digit]).mean(axis=0) for digit in range(10)
    ]

    right = sum(
        int(np.argmin([np.abs(picture - mean).sum() for mean in means])) == label
        for picture, label in _pairs(data)
    )

    assert right / len(list(_pairs(data))) > 0.8


def test_the_same_seed_and_epoch_give_the_same_batches_in_any_order(data: Data) -> None:
    forwards, backwards = _batches(data), _batches(data)
    last = backwards[24]
    first = backwards[0]

    assert np.array_equal(forwards[0][0], first[0])
    assert np.array_equal(forwards[24][0], last[0])


def test_another_epoch_and_another_seed_give_other_batches(data: Data) -> None:
    batches = [_batches(data)[0][0], _batches(data, epoch=1)[0][0], _batches(data, seed=2)[0][0]]

    assert not np.array_equal(batches[0], batches[1])
    assert not np.array_equal(batches[0], batches[2])


def test_the_same_samples_are_changed_differently_in_every_epoch(data: Data) -> None:
    material = Material(data.mnist.train[:1], data.drawings[:1])
    first, second = (MixedBatches(material, 16, 1, epoch, steps=1)[0][0] for epoch in (0, 1))

    assert not np.array_equal(first[:8], second[:8])
    assert not np.array_equal(first[8:], second[8:])


def test_an_epoch_uses_every_drawing_about_as_often_as_the_others(data: Data) -> None:
    labels = np.concatenate([_batches(data)[i][1][8:] for i in range(25)])

    # 200 of 210 drawings, 21 of each digit.
    assert len(labels) == 200
    assert all(11 <= number <= 21 for number in Counter(labels.tolist()).values())


def test_batches_can_be_told_to_begin_another_epoch(data: Data) -> None:
    batches = _batches(data)

    batches.begin(1)

    assert np.array_equal(batches[3][0], _batches(data, epoch=1)[3][0])


def _image_batches(data: Data, epoch: int = 0, **more: object) -> ImageBatches:
    return ImageBatches(Material(data.mnist.train, data.drawings[:30]), 64, 1, epoch, **more)


def test_images_come_once_an_epoch_as_they_are_and_drawings_with_them(data: Data) -> None:
    batches = _image_batches(data)

    epoch = [batches[i] for i in range(len(batches))]

    assert sum(len(labels) for _, labels in epoch) == 430
    first = np.concatenate([inputs for inputs, _ in epoch])[..., 0] * 255
    assert (first.round() == data.mnist.train.ink[7]).all(axis=(1, 2)).any()
    assert (first.round() == draw(data.drawings[7].strokes)).all(axis=(1, 2)).any()


def test_images_come_in_another_order_in_every_epoch(data: Data) -> None:
    first, second = (_image_batches(data, epoch)[0][0] for epoch in (0, 1))

    assert not np.array_equal(first, second)


def test_one_hot_labels_say_the_same_as_numbers(data: Data) -> None:
    numbers, rows = _image_batches(data)[0][1], _image_batches(data, one_hot=True)[0][1]

    assert rows.shape == (64, 10)
    assert (rows.sum(axis=1) == 1).all()
    assert np.array_equal(rows.argmax(axis=1), numbers)


def test_images_are_changed_only_where_that_is_asked_for(data: Data) -> None:
    plain = _image_batches(data)[0][0]
    changed = _image_batches(data, augmentation=ImageAugmentation(untouched=0))[0][0]

    assert plain.shape == changed.shape
    assert not (plain == changed).all(axis=(1, 2, 3)).any()


def _pairs(data: Data):
    batches = _batches(data)
    for i in range(10):
        yield from zip(*batches[i], strict=True)
