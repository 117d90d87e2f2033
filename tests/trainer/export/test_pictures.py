from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.registry import Registry
from trainer.data.mnist import load_mnist
from trainer.errors import DataError
from trainer.export.pictures import comparison_pictures, drawn_digits


def test_drawn_digits_are_pictures_as_a_server_makes_them() -> None:
    pictures = drawn_digits(20)

    assert (pictures.shape, pictures.dtype) == ((20, 28, 28, 1), np.float32)
    assert (pictures.min(), pictures.max()) == (0, 1)
    assert len(np.unique(pictures, axis=0)) == 20
    np.testing.assert_array_equal(pictures, drawn_digits(20))


def test_drawn_digits_can_be_read(released_models: Path) -> None:
    answers = Registry(released_models).current().engine.probabilities(drawn_digits(200))

    right = answers.argmax(axis=1) == np.arange(200) % 10
    assert right.mean() > 0.95


def test_mnist_is_compared_on_where_it_lies(data_folder: Path) -> None:
    pictures, words = comparison_pictures(data_folder)

    np.testing.assert_array_equal(pictures[..., 0] * 255, load_mnist(data_folder).test.ink)
    assert words == "100 of MNIST's test images"


def test_without_mnist_digits_are_drawn(tmp_path: Path) -> None:
    pictures, words = comparison_pictures(tmp_path)

    assert len(pictures) == 1000
    assert words == f"1,000 digits drawn here, as MNIST is not in {tmp_path}"


def test_a_damaged_mnist_is_told(tmp_path: Path, data_folder: Path) -> None:
    shutil.copy(data_folder / "mnist.npz", tmp_path)
    (tmp_path / "mnist.npz").write_bytes((tmp_path / "mnist.npz").read_bytes()[:1000])

    with pytest.raises(DataError, match="cannot be read as MNIST"):
        comparison_pictures(tmp_path)
