"""Run a trained network: model inputs in, what it thinks of them out, through ONNX Runtime.

An engine is safe to use from many threads at once and survives a fork.  Which
file to load is for :mod:`recognizer.runs.loaded_run`, calibration for
:mod:`recognizer.recognizer`.
"""

from __future__ import annotations

from os import PathLike

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from recognizer.directions import SHAPE as DIRECTIONS_SHAPE
from recognizer.directions import DirectionMaps
from recognizer.errors import RunError
from recognizer.geometry import IMAGE_SIZE, ModelInput

DIGITS = 10
INPUT_SHAPE = (IMAGE_SIZE, IMAGE_SIZE, 1)
Probabilities = NDArray[np.float32]
Digitness = NDArray[np.float32]

_BLOCK = 128  # images that go through the network together: bounds the memory of large batches
_TOLERANCE = 1e-3  # by which the probabilities of an image may miss the sum of 1


class Engine:
    """A network that says which digit is in a picture, and perhaps whether one is.

    It reads (n, 28, 28, 1) float32 in [0, 1] and gives (n, 10) probabilities.  One for drawings
    reads (n, 14, 14, 8) direction maps, too; one that refuses gives (n, 1) digitness, too.

    Attributes:
        reads_directions: whether it wants the direction maps.
        tells_digitness: whether it can refuse.
    """

    def __init__(self, model: str | PathLike[str] | bytes) -> None:
        """Load the network and answer once, so that the first real answer is not slower.

        Args:
            model: the ONNX file, or its content.

        Raises:
            RunError: it is not an ONNX network, or has other inputs or outputs.
        """
        self._session = load_session(model)
        self._inputs, self._outputs = _check_form(self._session)
        self.reads_directions = len(self._inputs) == 2
        self.tells_digitness = len(self._outputs) == 2
        self._warm_up()

    def probabilities(self, model_inputs: ModelInput) -> Probabilities:
        """Ask a network of pictures which digits they are.

        Args:
            model_inputs: (n, 28, 28, 1) float32 in [0, 1], for any n.

        Returns:
            (n, 10) float32: of each image the probabilities of the digits 0 to 9, uncalibrated.

        Raises:
            ValueError: the array has another shape or type.
        """
        return self.ask(model_inputs)[0]

    def ask(
        self, model_inputs: ModelInput, directions: DirectionMaps | None = None
    ) -> tuple[Probabilities, Digitness | None]:
        """Ask the network all that it can say.

        Args:
            model_inputs: (n, 28, 28, 1) float32 in [0, 1], for any n.
            directions: (n, 14, 14, 8) float32, where the network reads them, else None.

        Returns:
            (n, 10) float32: of each image the probabilities of the digits 0 to 9, if it is one,
            uncalibrated; and (n,) float32 in [0, 1]: the score for being one, None from a network
            that never refuses.

        Raises:
            ValueError: an array has another shape or type, is missing or is not read.
        """
        _check_array("model inputs", model_inputs, INPUT_SHAPE)
        arrays = [model_inputs]
        if self.reads_directions:
            if directions is None or len(directions) != len(model_inputs):
                raise ValueError("this network reads direction maps, one for each picture")
            _check_array("direction maps", directions, DIRECTIONS_SHAPE)
            arrays.append(directions)
        elif directions is not None:
            raise ValueError("this network reads no direction maps")
        if len(model_inputs) <= _BLOCK:
            answers = self._run(*arrays)
        else:
            blocks = [
                self._run(*(array[at : at + _BLOCK] for array in arrays))
                for at in range(0, len(model_inputs), _BLOCK)
            ]
            answers = [np.concatenate(parts) for parts in zip(*blocks, strict=True)]
        return answers[0], answers[1][:, 0] if len(answers) == 2 else None

    def _run(self, *arrays: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        feed = dict(zip(self._inputs, arrays, strict=True))
        answers: list[NDArray[np.float32]] = self._session.run(self._outputs, feed)
        return answers

    def _warm_up(self) -> None:
        shapes = (INPUT_SHAPE, DIRECTIONS_SHAPE)[: len(self._inputs)]
        try:
            answers = self._run(*(np.zeros((2, *shape), np.float32) for shape in shapes))
        except Exception as error:  # one of ONNX Runtime's, which have no base class
            raise RunError(f"the network cannot be run: {error}") from error
        for answer, shape in zip(answers, ((2, DIGITS), (2, 1)), strict=False):
            if answer.shape != shape or answer.dtype != np.float32:
                wanted = f"(n, {shape[1]}) float32"
                raise RunError(f"the network gives {answer.shape} {answer.dtype}, not {wanted}")
        answer = answers[0]
        if not ((answer >= 0).all() and np.allclose(answer.sum(axis=1), 1, atol=_TOLERANCE)):
            raise RunError("the network's output is not probabilities: is its softmax missing?")
        if len(answers) == 2 and not ((answers[1] >= 0) & (answers[1] <= 1)).all():
            raise RunError("the network's digitness is not from 0 to 1: is its sigmoid missing?")


def load_session(model: str | PathLike[str] | bytes) -> onnxruntime.InferenceSession:
    """Load an ONNX network, the file or its content, to be run on the caller's own thread.

    Raises:
        RunError: it is no ONNX network.
    """
    try:
        return onnxruntime.InferenceSession(model, _options(), providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's errors have no base class of their own
        raise RunError(f"the network cannot be loaded: {error}") from error


def _check_array(what: str, array: NDArray[np.float32], shape: tuple[int, ...]) -> None:
    if array.shape[1:] != shape or array.dtype != np.float32:
        wanted = ", ".join(map(str, ("n", *shape)))
        raise ValueError(f"{what} must be ({wanted}) float32, not {array.shape} {array.dtype}")


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


def _check_form(session: onnxruntime.InferenceSession) -> tuple[list[str], list[str]]:
    """The names of the network's inputs and outputs in our order, seen to have our shapes."""
    inputs = _ordered(session.get_inputs(), "directions")
    outputs = _ordered(session.get_outputs(), "digitness")
    if len(inputs) not in (1, 2) or len(outputs) not in (1, 2):
        raise RunError(
            f"the network has {len(inputs)} inputs and {len(outputs)} outputs, not 1 or 2 of each"
        )
    for node, wanted in zip(inputs, (INPUT_SHAPE, DIRECTIONS_SHAPE), strict=False):
        _check_shape("input", node, wanted)
    for node, size in zip(outputs, (DIGITS, 1), strict=False):
        _check_shape("output", node, (size,))
    return [node.name for node in inputs], [node.name for node in outputs]


def _ordered(nodes: list[onnxruntime.NodeArg], second: str) -> list[onnxruntime.NodeArg]:
    """The picture, or its probabilities, first: an exporter's order need not be ours."""
    return sorted(nodes, key=lambda node: node.name.startswith(second))


def _check_shape(role: str, node: onnxruntime.NodeArg, shape: tuple[int, ...]) -> None:
    # An exporter may leave a size unnamed; the first answer then shows whether it fits.
    free_or_equal = len(node.shape) == len(shape) + 1 and all(
        actual == expected or not isinstance(actual, int)
        for actual, expected in zip(node.shape[1:], shape, strict=True)
    )
    if not free_or_equal or isinstance(node.shape[0], int) or node.type != "tensor(float)":
        wanted = ", ".join(map(str, ("n", *shape)))
        raise RunError(f"the network's {role} is {node.shape} {node.type}, not ({wanted}) float32")
