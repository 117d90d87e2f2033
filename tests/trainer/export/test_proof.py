from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from trainer.errors import TrainerError
from trainer.export.formats import FORMATS, Format
from trainer.export.pictures import drawn_digits
from trainer.export.proof import export_network

PICTURES = drawn_digits(20)


@pytest.fixture(scope="module")
def network() -> keras.Model:
    """Small, with the layers of the recipes."""
    keras.utils.set_random_seed(5)
    picture = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(4, 5, strides=4, use_bias=False)(picture)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.Dropout(0.3)(keras.layers.ReLU()(x))
    x = keras.layers.Dense(10, activation="softmax")(keras.layers.Flatten()(x))
    return keras.Model(picture, x)


def _off_by(difference: float) -> Format:
    """ONNX, read back by a runtime that is a little wrong."""

    def answer(path: Path, pictures: NDArray[np.float32]) -> NDArray[np.float32]:
        return FORMATS["onnx"].answer(path, pictures) + np.float32(difference)

    return replace(FORMATS["onnx"], answer=answer)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_replaces_the_export_before_and_is_read_back_by_its_own_runtime(
    network: keras.Model, tmp_path: Path, name: str
) -> None:
    target = tmp_path / FORMATS[name].file_name
    older = target / "saved_model.pb" if FORMATS[name].is_folder else target
    older.parent.mkdir(exist_ok=True)
    older.write_bytes(b"an older one")

    export = export_network(network, FORMATS[name], target, PICTURES)

    assert export.path == target
    assert 0 <= export.largest_difference < 1e-5
    assert export.bytes > 5_000
    assert older.read_bytes() != b"an older one"
    assert list(tmp_path.iterdir()) == [target]
    again = FORMATS[name].answer(target, PICTURES[:3])  # of another number of pictures
    np.testing.assert_allclose(again, network.predict(PICTURES[:3], verbose=0), atol=1e-5)


def test_a_folder_is_made_and_nobody_is_warned_of_the_format_that_was_asked_for(
    network: keras.Model, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    export_network(network, FORMATS["h5"], tmp_path / "new folder" / "model.h5", PICTURES)

    assert (tmp_path / "new folder" / "model.h5").is_file()
    assert caplog.text == ""


@pytest.mark.parametrize("difference", [2e-4, -2e-4, float("nan")])
def test_an_export_that_answers_otherwise_is_not_left_behind(
    network: keras.Model, tmp_path: Path, difference: float
) -> None:
    with pytest.raises(TrainerError, match="nothing was exported"):
        export_network(network, _off_by(difference), tmp_path / "model.onnx", PICTURES)

    assert list(tmp_path.iterdir()) == []


def test_what_lay_there_stays_when_the_new_export_is_not_proven(
    network: keras.Model, tmp_path: Path
) -> None:
    target = tmp_path / "model.onnx"
    target.write_bytes(b"the old one")

    with pytest.raises(TrainerError):
        export_network(network, _off_by(1.0), target, PICTURES)

    assert target.read_bytes() == b"the old one"


def test_an_export_that_cannot_be_read_back_is_not_left_behind(
    network: keras.Model, tmp_path: Path
) -> None:
    torn = replace(FORMATS["onnx"], write=lambda network, path: path.write_bytes(b"torn"))

    with pytest.raises(TrainerError, match="there is no onnx export"):
        export_network(network, torn, tmp_path / "model.onnx", PICTURES)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_export_is_not_replaced(network: keras.Model, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to grandmother").touch()

    for name in ("savedmodel", "onnx"):
        with pytest.raises(TrainerError, match="letters"):
            export_network(network, FORMATS[name], tmp_path / "letters", PICTURES)

    assert (tmp_path / "letters" / "to grandmother").exists()
