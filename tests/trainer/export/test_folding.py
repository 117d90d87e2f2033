"""Normalisation behind pooling becomes part of the convolution, and the answers stay the same."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from trainer.export.folding import fold_pooled_normalizations

CHANNELS = 6


def network(scale: np.ndarray) -> onnx.ModelProto:
    """Convolution, pooling, normalisation and ReLU, as Keras's exporter writes them."""
    random = np.random.default_rng(1)
    constants = {
        "kernel": random.normal(size=(CHANNELS, 1, 3, 3)),
        "scale": scale.reshape(1, CHANNELS, 1, 1),
        "offset": random.normal(size=(1, CHANNELS, 1, 1)),
    }
    nodes = [
        helper.make_node("Conv", ["x", "kernel"], ["convolved"], name="c", pads=[1, 1, 1, 1]),
        helper.make_node(
            "MaxPool", ["convolved"], ["pooled"], name="p", kernel_shape=[2, 2], strides=[2, 2]
        ),
        helper.make_node("Mul", ["pooled", "scale"], ["scaled"], name="m"),
        helper.make_node("Add", ["scaled", "offset"], ["added"], name="a"),
        helper.make_node("Relu", ["added"], ["relu"], name="r"),
    ]
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1, 8, 8])],
        [helper.make_tensor_value_info("relu", TensorProto.FLOAT, ["n", CHANNELS, 4, 4])],
        [numpy_helper.from_array(a.astype(np.float32), name) for name, a in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def answers(model: onnx.ModelProto) -> list[np.ndarray]:
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    pictures = np.random.default_rng(2).normal(size=(3, 1, 8, 8)).astype(np.float32)
    return list(session.run(None, {"x": pictures}))


def kinds(model: onnx.ModelProto) -> list[str]:
    return [node.op_type for node in model.graph.node]


def test_a_normalisation_behind_pooling_is_folded_into_the_convolution() -> None:
    model = network(np.linspace(0.1, 2, CHANNELS))
    expected = answers(model)

    fold_pooled_normalizations(model)

    assert kinds(model) == ["Conv", "Relu", "MaxPool"]
    assert len(model.graph.initializer) == 2  # weights and bias: what is not read any more is gone
    np.testing.assert_allclose(answers(model)[0], expected[0], atol=1e-5)


@pytest.mark.parametrize("lowest", [-0.5, 0.0])
def test_a_scale_that_turns_values_around_is_left_alone(lowest: float) -> None:
    model = network(np.linspace(lowest, 2, CHANNELS))
    expected = answers(model)

    fold_pooled_normalizations(model)

    assert kinds(model) == ["Conv", "MaxPool", "Mul", "Add", "Relu"]
    np.testing.assert_array_equal(answers(model)[0], expected[0])


def test_what_somebody_else_reads_in_between_is_left_alone() -> None:
    model = network(np.ones(CHANNELS))
    model.graph.node.append(helper.make_node("Neg", ["pooled"], ["other"], name="n"))
    model.graph.output.append(
        helper.make_tensor_value_info("other", TensorProto.FLOAT, ["n", CHANNELS, 4, 4])
    )
    expected = answers(model)

    fold_pooled_normalizations(model)

    assert "Mul" in kinds(model)
    for actual, before in zip(answers(model), expected, strict=True):
        np.testing.assert_array_equal(actual, before)
