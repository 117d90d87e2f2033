"""A network in 8-bit integers is a fraction of the file and answers nearly as the exact one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest

from recognizer.cascade import Cascade
from recognizer.directions import map_all_directions
from recognizer.engine import Engine
from recognizer.geometry import draw_paths, place, to_model_input
from recognizer.known_drawings import DIGITS
from recognizer.runs.loaded_run import DRAWING_FILE
from recognizer.runs.pointer import read_current
from trainer.export.quantized import quantize


@pytest.fixture(scope="module")
def network(released_models: Path) -> Path:
    """The released run's network for strokes."""
    return released_models / read_current(released_models) / DRAWING_FILE


@pytest.fixture(scope="module")
def inputs() -> dict[str, np.ndarray]:
    """The known digits, each tilted a little this way and that."""
    drawings = [
        [stroke.points @ _tilt(degrees) for stroke in known.drawing.strokes]
        for known in DIGITS
        for degrees in range(-12, 13, 3)
    ]
    paths = [place(strokes) for strokes in drawings]
    pictures = np.stack([to_model_input(draw_paths(one)) for one in paths])
    return {"picture": pictures, "directions": map_all_directions(paths)}


def _tilt(degrees: float) -> np.ndarray:
    angle = np.radians(degrees)
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def test_the_quantised_network_answers_nearly_as_the_exact_one(
    network: Path, inputs: dict[str, np.ndarray], tmp_path: Path
) -> None:
    target = tmp_path / "quantized.onnx"
    (tmp_path / ".quantizing-killed").mkdir()

    quantize(network, target, inputs)

    expected, answers = Engine(network).ask(**_asked(inputs)), Engine(target).ask(**_asked(inputs))
    assert (answers[0].argmax(axis=1) == expected[0].argmax(axis=1)).mean() > 0.98
    assert answers[1] is not None
    assert expected[1] is not None
    assert np.abs(answers[1] - expected[1]).mean() < 0.02
    assert target.stat().st_size < network.stat().st_size / 2
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_both_together_answer_as_the_exact_one(
    network: Path, inputs: dict[str, np.ndarray], tmp_path: Path
) -> None:
    quantize(network, tmp_path / "quantized.onnx", inputs)
    exact = Engine(network)

    answers = Cascade(Engine(tmp_path / "quantized.onnx"), exact).ask(**_asked(inputs))

    expected = exact.ask(**_asked(inputs))
    assert answers[0].argmax(axis=1).tolist() == expected[0].argmax(axis=1).tolist()
    assert answers[1] is not None
    assert expected[1] is not None
    assert np.abs(answers[1] - expected[1]).max() < 0.02


def test_convolutions_are_in_integers_and_the_dense_layer_is_not(
    network: Path, inputs: dict[str, np.ndarray], tmp_path: Path
) -> None:
    quantize(network, tmp_path / "quantized.onnx", inputs)

    graph = onnx.load(tmp_path / "quantized.onnx").graph
    made_of = {name: node.op_type for node in graph.node for name in node.output}
    constants = {tensor.name: tensor for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Conv":
            assert {made_of.get(name) for name in node.input} <= {"DequantizeLinear"}
        if node.op_type in ("MatMul", "Gemm"):
            assert constants[node.input[1]].data_type == onnx.TensorProto.FLOAT
    weights = [tensor for tensor in constants.values() if tensor.data_type == onnx.TensorProto.INT8]
    largest = max(np.abs(onnx.numpy_helper.to_array(one).astype(int)).max() for one in weights)
    assert largest <= 64  # 7 bits: processors without VNNI add pairs of products up in 16


def _asked(inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {"model_inputs": inputs["picture"], "directions": inputs["directions"]}
