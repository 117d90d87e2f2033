"""Networks that are only measured again are stored in half the bytes, and answer as before."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import onnx
import pytest

from recognizer.engine import Engine
from trainer.export.half import store_in_half
from trainer.export.onnx import export_onnx
from trainer.export.pictures import drawn_digits

PICTURES = drawn_digits(20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    keras.utils.set_random_seed(5)
    picture = keras.Input((28, 28, 1))
    x = keras.layers.Dense(64, activation="relu")(keras.layers.Flatten()(picture))
    network = keras.Model(picture, keras.layers.Dense(10, activation="softmax")(x))
    export_onnx(network, tmp_path / "network.onnx", PICTURES)
    return tmp_path / "network.onnx"


def test_half_the_bytes_give_nearly_the_same_answers(path: Path) -> None:
    before, size = Engine(path).ask(PICTURES)[0], path.stat().st_size

    store_in_half(path)

    after = Engine(path).ask(PICTURES)[0]
    assert path.stat().st_size < 0.55 * size
    assert 0 < np.abs(after - before).max() < 2e-3
    np.testing.assert_array_equal(after.argmax(axis=1), before.argmax(axis=1))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_network_is_rounded_once(path: Path) -> None:
    store_in_half(path)
    once = onnx.load(path)

    store_in_half(path)

    assert onnx.load(path) == once
