"""Store a network's numbers in half precision: half the bytes, computed in single as before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

_SMALLEST = 256  # numbers in a tensor that is worth a node more


def store_in_half(path: Path) -> None:
    """Round the weights of an ONNX file to float16, and let it cast them back when it is loaded.

    For networks that are kept to be measured again: what is measured must be the rounded one.

    Args:
        path: of the file; replaced as a whole.
    """
    model = onnx.load(path)
    graph = model.graph
    large = [
        tensor
        for tensor in graph.initializer
        if tensor.data_type == onnx.TensorProto.FLOAT and np.prod(tensor.dims) >= _SMALLEST
    ]
    for place, tensor in enumerate(large):
        half = numpy_helper.to_array(tensor).astype(np.float16)
        stored = f"{tensor.name}:half"
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(half, stored))
        cast = helper.make_node("Cast", [stored], [tensor.name], to=onnx.TensorProto.FLOAT)
        graph.node.insert(place, cast)  # before whatever reads it
    onnx.checker.check_model(model)
    replacement = path.with_name(f".{path.name}")
    onnx.save(model, replacement)
    replacement.replace(path)
