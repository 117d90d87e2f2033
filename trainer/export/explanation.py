"""The outputs that explain a served network, as a few nodes that are put behind its ONNX file.

Nothing of the network is written twice: its weights and its file stay what they are, and
:class:`recognizer.explanations.explainer.Explainer` reads both as one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from recognizer.explanations.explainer import BIAS, EVIDENCE, LAYER_PREFIX, Explainer
from trainer.data.model_inputs import Inputs, NetworkInputs
from trainer.errors import TrainerError
from trainer.export.proof import TOLERANCE

if TYPE_CHECKING:
    import keras

_SHAPING = ("Squeeze", "Reshape", "Flatten")
_PLACES = "explanation:places"
_NO_BIAS = "explanation:no_bias"


def explanation_outputs(network: onnx.ModelProto) -> bytes | None:
    """The nodes and outputs that make a network tell its feature maps and its evidence.

    Args:
        network: as it is served.

    Returns:
        a part of a ModelProto, to be put behind the network's file; None for a network that
        does not end in global average pooling and one dense layer.
    """
    graph = network.graph
    makers = {name: node for node in graph.node for name in node.output}
    dense = _dense_behind_pooling(graph, makers)
    if dense is None:
        return None
    features, weights, bias = dense
    layers = [node.output[0] for node in graph.node if node.op_type == "Relu"]
    told: dict[str, list[int | None]] = {
        **{f"{LAYER_PREFIX}{number}": [None] * 4 for number, _ in enumerate(layers, 1)},
        EVIDENCE: [None] * 4,
        BIAS: [10],
    }
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in told.items()
    ]
    places = numpy_helper.from_array(_count_places(network, features), _PLACES)
    part = onnx.ModelProto()
    part.graph.node.extend(
        helper.make_node("Identity", [layer], [name])
        for layer, name in zip(layers, told, strict=False)
    )
    part.graph.node.extend(_evidence_nodes(features, weights, bias or _NO_BIAS))
    part.graph.output.extend(outputs)
    part.graph.initializer.append(places)
    if bias is None:
        part.graph.initializer.append(numpy_helper.from_array(np.zeros(10, np.float32), _NO_BIAS))
    return bytes(part.SerializeToString())


def _evidence_nodes(features: str, weights: str, bias: str) -> list[onnx.NodeProto]:
    return [
        helper.make_node("Transpose", [features], ["explanation:last"], perm=[0, 2, 3, 1]),
        helper.make_node("MatMul", ["explanation:last", weights], ["explanation:sums"]),
        helper.make_node("Div", ["explanation:sums", _PLACES], [EVIDENCE]),
        helper.make_node("Identity", [bias], [BIAS]),
    ]


def prove_explanation(
    network: Path, outputs: bytes, original: keras.Model, inputs: NetworkInputs
) -> float | None:
    """See that a network tells what Keras computes.

    Args:
        network: the ONNX file that is served.
        outputs: of :func:`explanation_outputs`.
        original: the same network as Keras knows it.
        inputs: real ones, by their names where there are several.

    Returns:
        The largest difference of any feature map, as a share of the map's layer's largest number,
        and of any probability; None where Keras has other layers than the file, so that nobody
        can tell whether they are the same.

    Raises:
        TrainerError: it is above :data:`trainer.export.proof.TOLERANCE`.
    """
    explainer = Explainer(network.read_bytes(), outputs)
    named = inputs if isinstance(inputs, dict) else {"picture": inputs}
    maps, probabilities = _ask_keras(original, named)
    differences = [0.0]
    for row in range(len(named["picture"])):
        workings = explainer.ask(*(array[row] for array in named.values()))
        if len(workings.layers) != len(maps):
            return None
        for told, meant in zip(workings.layers.values(), maps, strict=True):
            difference = np.abs(told - meant[row].transpose(2, 0, 1)).max()
            differences.append(float(difference / max(1.0, meant.max())))
        odds = np.exp(workings.logits - workings.logits.max())
        differences.append(float(np.abs(odds / odds.sum() - probabilities[row]).max()))
    largest = float(np.max(differences))  # NaN where any is, unlike max()
    if not largest <= TOLERANCE:
        raise TrainerError(
            f"the explanation of {network.name} differs from the original by {largest:.2e}, "
            f"over {TOLERANCE:g}"
        )
    return largest


def _dense_behind_pooling(
    graph: onnx.GraphProto, makers: dict[str, onnx.NodeProto]
) -> tuple[str, str, str | None] | None:
    """Names of the pooled feature maps, and of the dense layer's weights and bias, if any."""
    constants = {tensor.name for tensor in graph.initializer}
    softmax = next((node for node in graph.node if node.op_type == "Softmax"), None)
    adding = _maker(makers, softmax, "Add")
    product = _maker(makers, adding or softmax, "MatMul")  # exporters leave out a bias of zeros
    if product is None:
        return None
    pooled = makers.get(product.input[0])
    while pooled is not None and pooled.op_type in _SHAPING:
        pooled = makers.get(pooled.input[0])
    weights, bias = product.input[1], adding.input[1] if adding is not None else None
    if pooled is None or pooled.op_type != "GlobalAveragePool":
        return None
    if weights not in constants or bias not in {*constants, None}:
        return None
    return pooled.input[0], weights, bias


def _maker(
    makers: dict[str, onnx.NodeProto], node: onnx.NodeProto | None, kind: str
) -> onnx.NodeProto | None:
    """The node of this kind that makes another one's first input."""
    maker = None if node is None else makers.get(node.input[0])
    return maker if maker is not None and maker.op_type == kind else None


def _count_places(network: onnx.ModelProto, features: str) -> np.ndarray:
    """How many places the pooled maps have, as a number that a node can divide by."""
    inferred = onnx.shape_inference.infer_shapes(network).graph.value_info
    shape = next(info for info in inferred if info.name == features).type.tensor_type.shape
    height, width = (dimension.dim_value for dimension in shape.dim[2:])
    return np.array(height * width, np.float32)


def _ask_keras(original: keras.Model, named: dict[str, Inputs]) -> tuple[list[Any], Any]:
    """Each layer's feature maps, (n, height, width, channels), and the (n, 10) probabilities."""
    import keras

    layers = [layer.output for layer in original.layers if _is_rectified(layer)]
    telling = keras.Model(original.inputs, [*layers, original.outputs[0]])
    arrays = [named[node.name] for node in original.inputs] if len(named) > 1 else [*named.values()]
    *maps, probabilities = [np.asarray(told) for told in telling(arrays, training=False)]
    return maps, probabilities


def _is_rectified(layer: Any) -> bool:
    """Whether a layer of Keras becomes a ReLU node."""
    import keras

    activation = getattr(layer, "activation", None)
    return isinstance(layer, keras.layers.ReLU) or activation is keras.activations.relu
