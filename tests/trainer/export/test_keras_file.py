from __future__ import annotations

import zipfile
from pathlib import Path

import keras
import numpy as np

from trainer.export.keras_file import save_keras
from trainer.recipes.ink import Settings, build_network


def test_a_saved_network_is_the_network(tmp_path: Path) -> None:
    network = build_network(Settings())
    images = np.random.default_rng(0).random((4, 28, 28, 1), np.float32)

    save_keras(network, tmp_path / "model.keras")

    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(
        loaded.predict(images, verbose=0), network.predict(images, verbose=0)
    )


def test_a_saved_network_names_no_setting_that_keras_3_12_does_not_know(tmp_path: Path) -> None:
    save_keras(build_network(Settings()), tmp_path / "model.keras")

    with zipfile.ZipFile(tmp_path / "model.keras") as saved:
        configuration = saved.read("config.json").decode()
    assert "batch_normalization" in configuration
    assert not [
        name for name in ("renorm", "input_axes", "quantization_config") if name in configuration
    ]
