"""Runs with a real, tiny network: one layer, fitted to the small data sets in a moment."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from recognizer.geometry import VERSION
from recognizer.runs.folder import sha256
from tests.known_networks import taught
from tests.run_details import GROUPING, write_details
from trainer.data.mnist import load_mnist
from trainer.data.model_inputs import images_as_inputs

HELD_OUT = ["here/writer 0", "there/writer 1"]
TRAINED_ON = ["here/writer 1", "here/writer 2"]
NEVER = -1e4  # a logit that is never the largest


def fitted_weights(data: Path) -> NDArray[np.float32]:
    """(784, 10): a linear classifier that reads the small data sets nearly without a mistake."""
    inputs, labels = images_as_inputs(load_mnist(data).train)
    flat = inputs.reshape(len(inputs), -1).astype(np.float64)
    targets = np.eye(10)[labels] - 0.1
    return (20 * np.linalg.solve(flat.T @ flat + 3 * np.eye(784), flat.T @ targets)).astype(
        np.float32
    )


def network(
    weights: NDArray[np.float32],
    forgets: Sequence[int] = (),
    idle_layers: int = 0,
    order: Sequence[int] = range(10),
) -> bytes:
    """The classifier as an ONNX file.

    Args:
        weights: of :func:`fitted_weights`; known drawings are taught besides.
        forgets: digits that it never answers.
        idle_layers: products with a large matrix that change nothing and take time.
        order: of its outputs, which digit each one really is.
    """
    bias = np.zeros(10, np.float32)
    bias[list(forgets)] = NEVER
    names = [f"flat_{layer}" for layer in range(idle_layers + 1)]
    nodes = [
        helper.make_node("Reshape", ["picture", "shape"], [names[0]]),
        *(
            helper.make_node("MatMul", [before, "same"], [after])
            for before, after in itertools.pairwise(names)
        ),
        helper.make_node("MatMul", [names[-1], "weights"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["answer"]),
    ]
    constants = {
        "shape": np.array([-1, 784], np.int64),
        "weights": taught(weights)[:, order],
        "bias": bias,
    }
    if idle_layers:
        constants["same"] = np.eye(784, dtype=np.float32)
    graph = helper.make_graph(
        nodes,
        "linear",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["n", 28, 28, 1])],
        [helper.make_tensor_value_info("answer", TensorProto.FLOAT, ["n", 10])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def write_run(
    models: Path, name: str, content: bytes, for_strokes: bytes | None = None, **changes: Any
) -> Path:
    """A finished run.

    Args:
        models: where it shall lie.
        name: of the run.
        content: of its network.
        for_strokes: content of a network for strokes of its own.
        changes: entries of its run.json that are replaced.
    """
    run = models / name
    run.mkdir(parents=True)
    (run / "model.onnx").write_bytes(content)
    if for_strokes:
        (run / "drawing.onnx").write_bytes(for_strokes)
    (run / "training_log.csv").write_text("epoch,loss\n1,0.1\n")
    files = {path.name: sha256(path) for path in sorted(run.iterdir())}
    details = {
        "format": 1,
        "name": name,
        "recipe": "dense-512",
        "status": "finished",
        "settings": {"epochs": 1},
        "seed": 1,
        "labels": list("0123456789"),
        "preprocessing_version": VERSION,
        "splits": {"writers": {"train": TRAINED_ON, "validation": HELD_OUT}},
        "networks": {"model": {"parameters": 7850, "largest_difference_to_keras": 2e-7}},
        "metrics": {"mnist_test": {"accuracy": 0.99, "right": 99, "total": 100}},
        "calibration": {"temperature": 1.0},
        "grouping": GROUPING,
        "times": {"started": "2026-11-21T00:36:38Z", "finished": None, "seconds": 61.2},
        "files": files,
        **changes,
    }
    write_details(run, details)
    return run
