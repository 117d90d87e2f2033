"""Fold what an exporter leaves of batch normalisation into the convolutions.

Exporters fold a normalisation that follows its convolution.  Where pooling stands between them, a
scale above 0 leaves the largest value the largest, so that the normalisation and the ReLU behind
it may as well come first (Jacob et al. 2018 fold the same before they quantise).
"""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

_CHAIN = ("MaxPool", "Mul", "Add", "Relu")


def fold_pooled_normalizations(model: onnx.ModelProto) -> None:
    """Change each Conv, MaxPool, Mul, Add, Relu of a network into Conv, Relu, MaxPool.

    A chain stays as it is where a scale is not above 0, where the convolution has a bias already
    or where something else reads what lies between.

    Args:
        model: changed in place; its answers stay the same but for rounding.
    """
    graph = model.graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    for convolution in [node for node in graph.node if node.op_type == "Conv"]:
        chain = _chain_behind(graph, convolution)
        if chain is None or len(convolution.input) != 2:
            continue
        pool, scaling, adding, relu = chain
        scale, offset = (_constant_of(node, constants) for node in (scaling, adding))
        weights = constants.get(convolution.input[1])
        if weights is None or scale is None or offset is None or not (scale > 0).all():
            continue
        kernel = numpy_helper.to_array(weights) * scale.reshape(-1, 1, 1, 1)
        folded = f"{convolution.name}:folded"
        graph.initializer.append(numpy_helper.from_array(kernel, f"{folded}_weights"))
        graph.initializer.append(numpy_helper.from_array(offset.ravel(), f"{folded}_bias"))
        convolution.input[1] = f"{folded}_weights"
        convolution.input.append(f"{folded}_bias")
        _swap(pool, relu)
        graph.node.remove(scaling)
        graph.node.remove(adding)
    _drop_unread(graph)


def _chain_behind(
    graph: onnx.GraphProto, convolution: onnx.NodeProto
) -> list[onnx.NodeProto] | None:
    """The four nodes behind a convolution, if each is the only one to read what the last gave."""
    chain, last = [], convolution
    for kind in _CHAIN:
        readers = [node for node in graph.node if last.output[0] in node.input]
        if len(readers) != 1 or readers[0].op_type != kind:
            return None
        last = readers[0]
        chain.append(last)
    return chain


def _constant_of(
    node: onnx.NodeProto, constants: dict[str, onnx.TensorProto]
) -> NDArray[np.float32] | None:
    """What a node multiplies with or adds, one number for each channel."""
    found = [constants[name] for name in node.input if name in constants]
    return numpy_helper.to_array(found[0]) if found else None


def _swap(pool: onnx.NodeProto, relu: onnx.NodeProto) -> None:
    """Let the first node be the ReLU and the second one the pooling."""
    attributes = list(pool.attribute)
    del pool.attribute[:]
    relu.attribute.extend(attributes)
    pool.op_type, relu.op_type = relu.op_type, pool.op_type
    pool.name, relu.name = relu.name, pool.name
    relu.input[0] = pool.output[0]


def _drop_unread(graph: onnx.GraphProto) -> None:
    read = {name for node in graph.node for name in node.input}
    for tensor in list(graph.initializer):
        if tensor.name not in read:
            graph.initializer.remove(tensor)
