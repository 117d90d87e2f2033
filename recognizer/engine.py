"""Run a trained network: model inputs in, probabilities out, through ONNX Runtime.

An engine is safe to use from many threads at once and survives a fork.  Which
file to load is for :mod:`recognizer.runs.loaded_run`, calibration for
:mod:`recognizer.recognizer`.
"""

from __future__ import annotations

import os
from os import PathLike

# ONNX Runtime (1.29 and later) reports to its maker unless told not to before it is imported,
# and the threads that do so make a forked worker hang when it ends.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from recognizer.errors import RunError
from recognizer.geometry import IMAGE_SIZE, ModelInput

DIGITS = 10
INPUT_SHAPE = (IMAGE_SIZE, IMAGE_SIZE, 1)
Probabilities = NDArray[np.float32]

_BLOCK = 128  # images that go through the network together: bounds the memory of large batches
_TOLERANCE = 1e-3  # by which the probabilities of an image may miss the sum of 1


class Engine:
    """A network that reads (n, 28, 28, 1) float32 in [0, 1] and gives (n, 10) probabilities."""

    def __init__(self, model: str | PathLike[str] | bytes) -> None:
        """Load the network and answer once, so that the first real answer is not slower.

        Args:
            model: the ONNX file, or its content.

        Raises:
            RunError: it is not an ONNX network, or has other inputs or outputs.
        """
        try:
            self._session = onnxruntime.InferenceSession(
                model, _options(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # ONNX Runtime's errors have no base class of their own
            raise RunError(f"the network cannot be loaded: {error}") from error
        self._input, self._output = _check_form(self._session)
        self._warm_up()

    def probabilities(self, model_inputs: ModelInput) -> Probabilities:
        """Ask the network.

        Args:
            model_inputs: (n, 28, 28, 1) float32 in [0, 1], for any n.

        Returns:
            (n, 10) float32: of each image the probabilities of the digits 0 to 9, uncalibrated.

        Raises:
            ValueError: the array has another shape or type.
        """
        if model_inputs.shape[1:] != INPUT_SHAPE or model_inputs.dtype != np.float32:
            form = f"{model_inputs.shape} {model_inputs.dtype}"
            raise ValueError(f"model inputs must be (n, 28, 28, 1) float32, not {form}")
        if len(model_inputs) <= _BLOCK:
            return self._run(model_inputs)
        blocks = range(0, len(model_inputs), _BLOCK)
        return np.concatenate([self._run(model_inputs[at : at + _BLOCK]) for at in blocks])

    def _run(self, model_inputs: ModelInput) -> Probabilities:
        answer: Probabilities = self._session.run([self._output], {self._input: model_inputs})[0]
        return answer

    def _warm_up(self) -> None:
        try:
            answer = self._run(np.zeros((2, *INPUT_SHAPE), np.float32))
        except Exception as error:  # as above
            raise RunError(f"the network cannot be run: {error}") from error
        if answer.shape != (2, DIGITS) or answer.dtype != np.float32:
            raise RunError(f"the network gives {answer.shape} {answer.dtype}, not (n, 10) float32")
        if not ((answer >= 0).all() and np.allclose(answer.sum(axis=1), 1, atol=_TOLERANCE)):
            raise RunError("the network's output is not probabilities: is its softmax missing?")


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    # One thread: the network runs on the caller's, so that workers do not fight for the
    # processors, and no pool of threads is lost in a fork.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.log_severity_level = 4  # what it has to say, it also raises
    return options


def _check_form(session: onnxruntime.InferenceSession) -> tuple[str, str]:
    """The names of the network's input and output, seen to have the contract's shapes."""
    inputs, outputs = session.get_inputs(), session.get_outputs()
    if len(inputs) != 1 or len(outputs) != 1:
        raise RunError(f"the network has {len(inputs)} inputs and {len(outputs)} outputs, not 1, 1")
    _check_shape("input", inputs[0], INPUT_SHAPE)
    _check_shape("output", outputs[0], (DIGITS,))
    return inputs[0].name, outputs[0].name


def _check_shape(role: str, node: onnxruntime.NodeArg, shape: tuple[int, ...]) -> None:
    # An exporter may leave a size unnamed; the first answer then shows whether it fits.
    free_or_equal = len(node.shape) == len(shape) + 1 and all(
        actual == expected or not isinstance(actual, int)
        for actual, expected in zip(node.shape[1:], shape, strict=True)
    )
    if not free_or_equal or isinstance(node.shape[0], int) or node.type != "tensor(float)":
        wanted = ", ".join(map(str, ("n", *shape)))
        raise RunError(f"the network's {role} is {node.shape} {node.type}, not ({wanted}) float32")
