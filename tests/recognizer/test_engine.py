"""The engine answers as the network was trained to, from any thread and in any batch."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto

from recognizer.engine import Engine
from recognizer.errors import RunError
from recognizer.geometry import Points, draw, to_model_input
from recognizer.runs.registry import Registry

MakeNetwork = Callable[..., bytes]


@pytest.fixture(scope="module")
def engine(make_network: MakeNetwork) -> Engine:
    return Engine(make_network())


def maps(number: int) -> np.ndarray:
    return np.random.default_rng(2).random((number, 14, 14, 8), np.float32)


def pictures(number: int) -> np.ndarray:
    return np.random.default_rng(1).random((number, 28, 28, 1), np.float32)


@pytest.mark.parametrize("number", [0, 1, 2, 127, 128, 129, 500])
def test_any_number_of_pictures_is_answered_as_one_by_one(engine: Engine, number: int) -> None:
    one_by_one = [engine.probabilities(picture[np.newaxis])[0] for picture in pictures(number)]

    together = engine.probabilities(pictures(number))

    assert together.shape == (number, 10)
    assert together.dtype == np.float32
    np.testing.assert_allclose(together, np.reshape(one_by_one, (number, 10)), atol=1e-6)


@pytest.mark.parametrize("number", [0, 1, 128, 300])
def test_a_network_for_strokes_says_which_digit_and_whether_it_is_one(
    make_network: MakeNetwork, number: int
) -> None:
    engine = Engine(make_network(directions=True, digitness=True))
    one_by_one = [
        engine.ask(picture[np.newaxis], some_maps[np.newaxis])
        for picture, some_maps in zip(pictures(number), maps(number), strict=True)
    ]

    probabilities, digitness = engine.ask(pictures(number), maps(number))

    assert digitness is not None
    assert (probabilities.shape, digitness.shape) == ((number, 10), (number,))
    for at, (alone, digitness_alone) in enumerate(one_by_one):
        assert digitness_alone is not None
        np.testing.assert_allclose(probabilities[at], alone[0], atol=1e-6)
        np.testing.assert_allclose(digitness[at], digitness_alone[0], atol=1e-6)


def test_a_network_of_pictures_alone_says_nothing_of_refusing(engine: Engine) -> None:
    assert engine.ask(pictures(2))[1] is None
    assert not engine.reads_directions


@pytest.mark.parametrize(
    ("reads", "given"),
    [
        (True, None),
        (True, np.zeros((3, 14, 14, 8), np.float32)),
        (True, np.zeros((2, 14, 14, 8))),
        (True, np.zeros((2, 7, 7, 8), np.float32)),
        (False, np.zeros((2, 14, 14, 8), np.float32)),
    ],
)
def test_direction_maps_must_be_there_where_they_are_read_and_nowhere_else(
    make_network: MakeNetwork, reads: bool, given: np.ndarray | None
) -> None:
    engine = Engine(make_network(directions=reads))

    with pytest.raises(ValueError, match="direction maps"):
        engine.ask(pictures(2), given)


def test_a_digitness_outside_0_to_1_is_refused(make_network: MakeNetwork) -> None:
    with pytest.raises(RunError, match="is its sigmoid missing"):
        Engine(make_network(digitness=True, sigmoid=False, seed=5))


def test_a_file_and_its_content_are_the_same_network(
    make_network: MakeNetwork, tmp_path: Path
) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(make_network())

    answers = [Engine(model).probabilities(pictures(3)) for model in (file, str(file))]

    for answer in answers:
        np.testing.assert_array_equal(answer, Engine(make_network()).probabilities(pictures(3)))


def test_many_threads_get_the_answers_that_one_gets(engine: Engine) -> None:
    inputs = [pictures(40)[at : at + 1 + at % 3] for at in range(40)]
    alone = [engine.probabilities(batch) for batch in inputs]

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(engine.probabilities, inputs * 25))

    for at, answer in enumerate(together):
        np.testing.assert_array_equal(answer, alone[at % 40])


@pytest.mark.parametrize(
    "model_inputs",
    [
        np.zeros((28, 28, 1), np.float32),
        np.zeros((1, 28, 28), np.float32),
        np.zeros((1, 32, 32, 1), np.float32),
        np.zeros((1, 28, 28, 1), np.float64),
        np.zeros((1, 28, 28, 1), np.uint8),
    ],
    ids=lambda model_inputs: f"{model_inputs.shape} {model_inputs.dtype}",
)
def test_other_arrays_than_model_inputs_are_refused(
    engine: Engine, model_inputs: np.ndarray
) -> None:
    with pytest.raises(ValueError, match="float32"):
        engine.probabilities(model_inputs)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"side": 32}, r"input is \['n', 32, 32, 1\]"),
        ({"outputs": 26}, r"output is \['n', 26\]"),
        ({"batch": 1}, r"input is \[1, 28, 28, 1\]"),
        ({"number_type": TensorProto.DOUBLE}, r"input is .* tensor\(double\)"),
        ({"softmax": False}, "softmax"),
    ],
)
def test_a_network_of_another_form_is_refused(
    make_network: MakeNetwork, wrong: dict[str, object], message: str
) -> None:
    network = make_network(**wrong)

    with pytest.raises(RunError, match=message):
        Engine(network)


@pytest.mark.parametrize("cut", [0, 1, 1000])
def test_a_file_that_is_no_network_is_refused(make_network: MakeNetwork, cut: int) -> None:
    with pytest.raises(RunError, match="cannot be loaded"):
        Engine(make_network()[:cut])


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"model\.onnx"):
        Engine(tmp_path / "model.onnx")


@pytest.mark.slow
def test_the_released_network_answers_as_keras_does_on_real_images_and_drawings(
    released_registry: Registry,
    data_folder: Path,
    pen_drawings: list[tuple[str, list[Points]]],
) -> None:
    keras = pytest.importorskip("keras", reason="tensorflow and keras are not installed")
    run = released_registry.current()
    with np.load(data_folder / "mnist.npz") as mnist:
        inks = [*mnist["x_test"][:1000], *(draw(strokes) for _, strokes in pen_drawings)]
    model_inputs = np.stack([to_model_input(ink) for ink in inks])
    model = keras.saving.load_model(
        Path(__file__).parents[2] / "models" / run.name / "model.keras", compile=False
    )

    expected = np.asarray(model(model_inputs, training=False))

    assert np.abs(run.engine.probabilities(model_inputs) - expected).max() < 1e-4
