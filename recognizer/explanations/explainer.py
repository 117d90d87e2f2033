"""Ask a network what it adds up: the feature maps of its layers, and the evidence for each digit.

Behind global average pooling and one dense layer, a digit's logit is a bias and the sum of what
each place of the last feature maps says for or against it, so the evidence is no approximation
(class activation maps: Zhou et al. 2016, https://arxiv.org/abs/1512.04150).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from recognizer.directions import DirectionMaps
from recognizer.engine import DIGITS, load_session
from recognizer.errors import RunError
from recognizer.geometry import ModelInput

LAYER_PREFIX = "layer_"  # of the outputs that are feature maps: layer_1, layer_2, …
EVIDENCE, BIAS = "evidence", "bias"

Maps = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Workings:
    """What a network computed on the way to its answer to one drawing.

    Attributes:
        layers: feature maps by the layer's name, in the network's order: (channels, height, width)
            float32, 0 or more.
        evidence: (10, height, width) float64: what each place of the picture says for a digit, or
            below 0 against it.
        bias: (10,) float64: each digit's logit is its bias and the sum of its evidence.
    """

    layers: dict[str, Maps]
    evidence: NDArray[np.float64]
    bias: NDArray[np.float64]

    @property
    def logits(self) -> NDArray[np.float64]:
        """(10,) float64: their softmax are the network's probabilities, before calibration."""
        logits: NDArray[np.float64] = self.evidence.sum(axis=(1, 2)) + self.bias
        return logits


class Explainer:
    """A served network with further outputs; safe to use from many threads at once."""

    def __init__(self, network: bytes, outputs: bytes) -> None:
        """Load a network together with the outputs that explain it.

        Args:
            network: the ONNX file that is served.
            outputs: what :mod:`trainer.export.explanation` wrote for it: nodes and outputs alone.
                Two protocol buffers behind each other are one that has the fields of both
                (https://protobuf.dev/programming-guides/encoding/#last-one-wins), so there is
                one set of weights, and the served file stays as it is.

        Raises:
            RunError: they cannot be loaded, or do not belong together.
        """
        self._session = load_session(network + outputs)
        self._inputs = sorted(
            (node.name for node in self._session.get_inputs()),
            key=lambda name: name.startswith("directions"),
        )
        names = [node.name for node in self._session.get_outputs()]
        self._layers = [name for name in names if name.startswith(LAYER_PREFIX)]
        if not {EVIDENCE, BIAS} <= set(names) or not self._layers:
            raise RunError(f"the network has no outputs named {LAYER_PREFIX}1, {EVIDENCE}, {BIAS}")

    def ask(self, model_input: ModelInput, directions: DirectionMaps | None = None) -> Workings:
        """Let the network answer one drawing, and tell how it came to its answer.

        Args:
            model_input: (28, 28, 1) float32 in [0, 1].
            directions: (14, 14, 8) float32, where the network reads them, else None.

        Raises:
            RunError: the network gives something else than evidence for ten digits.
        """
        arrays = [model_input] if directions is None else [model_input, directions]
        feed = {name: array[np.newaxis] for name, array in zip(self._inputs, arrays, strict=True)}
        wanted = [*self._layers, EVIDENCE, BIAS]
        *maps, evidence, bias = self._run(wanted, feed)
        if evidence.ndim != 4 or evidence.shape[-1] != DIGITS or bias.shape != (DIGITS,):
            raise RunError(f"the evidence is {evidence.shape} and {bias.shape}")
        layers = {name: array[0] for name, array in zip(self._layers, maps, strict=True)}
        places = evidence[0].transpose(2, 0, 1).astype(np.float64)
        return Workings(layers, places, bias.astype(np.float64))

    def _run(self, wanted: list[str], feed: dict[str, Maps]) -> list[Maps]:
        try:
            answers: list[Maps] = self._session.run(wanted, feed)
        except onnxruntime.capi.onnxruntime_pybind11_state.Fail as error:
            raise RunError(f"the network cannot be explained: {error}") from error
        return answers
