"""A served network gets outputs that tell what it adds up, and its file stays as it is."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import onnx
import pytest

from recognizer.engine import Engine
from recognizer.errors import RunError
from recognizer.explanations.explainer import Explainer
from tests.trainer.small_runs import network
from trainer.errors import TrainerError
from trainer.export.explanation import explanation_outputs, prove_explanation
from trainer.export.formats import write_onnx
from trainer.export.pictures import drawn_digits
from trainer.recipes import ink


@pytest.fixture(scope="module")
def original() -> keras.Model:
    """A network that ends in global pooling and one dense layer; it was never trained."""
    keras.utils.set_random_seed(3)
    model = ink.build_network(ink.Settings())
    model.get_layer("probabilities").bias.assign(np.linspace(-1, 1, 10))
    return model


@pytest.fixture(scope="module")
def served(original: keras.Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    original(drawn_digits(1))  # Keras exports what has been called
    path = tmp_path_factory.mktemp("served") / "model.onnx"
    write_onnx(original, path)
    return path


def _outputs(path: Path) -> bytes:
    outputs = explanation_outputs(onnx.load(path))
    assert outputs is not None
    return outputs


def test_evidence_and_bias_add_up_to_what_the_network_answers(served: Path) -> None:
    pictures = drawn_digits(20)

    explainer = Explainer(served.read_bytes(), _outputs(served))

    for picture, expected in zip(pictures, Engine(served).probabilities(pictures), strict=True):
        workings = explainer.ask(picture)
        odds = np.exp(workings.evidence.sum(axis=(1, 2)) + workings.bias)
        assert np.allclose(odds / odds.sum(), expected, atol=1e-5)
        assert np.allclose(workings.bias, np.linspace(-1, 1, 10))
        assert [maps.shape[0] for maps in workings.layers.values()] == [32, 64, 64, 128, 128]


def test_a_network_whose_biases_are_zero_is_explained_too(tmp_path: Path) -> None:
    keras.utils.set_random_seed(3)
    model, pictures = ink.build_network(ink.Settings()), drawn_digits(3)
    model(pictures)
    write_onnx(model, tmp_path / "model.onnx")

    difference = prove_explanation(
        tmp_path / "model.onnx", _outputs(tmp_path / "model.onnx"), model, pictures
    )

    assert difference is not None
    assert difference < 1e-4


def test_it_takes_no_second_set_of_weights(served: Path) -> None:
    assert len(_outputs(served)) < 2_000


def test_what_keras_computes_is_what_is_told(served: Path, original: keras.Model) -> None:
    assert prove_explanation(served, _outputs(served), original, drawn_digits(20)) < 1e-4


def test_the_explanation_of_another_network_is_refused(served: Path) -> None:
    keras.utils.set_random_seed(4)
    other = ink.build_network(ink.Settings())

    with pytest.raises(TrainerError, match="differs from the original"):
        prove_explanation(served, _outputs(served), other, drawn_digits(5))


def test_layers_that_keras_has_not_are_not_vouched_for(served: Path, original: keras.Model) -> None:
    picture = keras.Input((28, 28, 1))
    same_answers = keras.Model(picture, original(picture))

    assert prove_explanation(served, _outputs(served), same_answers, drawn_digits(2)) is None


def test_a_network_without_global_pooling_is_not_explained() -> None:
    linear = network(np.zeros((784, 10), np.float32))

    assert explanation_outputs(onnx.load_from_string(linear)) is None


def test_outputs_of_another_network_do_not_load(served: Path) -> None:
    linear = network(np.zeros((784, 10), np.float32))

    with pytest.raises(RunError, match="cannot be loaded"):
        Explainer(linear, _outputs(served))
    with pytest.raises(RunError, match="no outputs named"):
        Explainer(linear, b"")
