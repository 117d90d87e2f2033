"""The formats a network is exported in: how each is written, and how its own runtime reads it.

A format is proven by the program that people will load it with, so every one of them
has its reader here; the comparison is for :mod:`trainer.export.proof`.  Keras and
TensorFlow are imported when a format is used, not before.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from recognizer.engine import Engine, Probabilities
from recognizer.geometry import ModelInput
from trainer.data.model_inputs import NetworkInputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import keras

_BATCH = 256  # images that Keras is asked together


@dataclass(frozen=True)
class Format:
    """One way to hand a network to another program.

    Attributes:
        name: as ``--format`` takes it.
        file_name: what an export is called unless somebody says otherwise; a folder's for
            savedmodel.
        runtime: the program that reads it, in words.
        write: writes a network to a path that ends like ``file_name``.
        answer: loads the path anew and asks it: (n, 28, 28, 1) float32 in [0, 1] -> (n, 10).
    """

    name: str
    file_name: str
    runtime: str
    write: Callable[[keras.Model, Path], None]
    answer: Callable[[Path, Any], Probabilities]

    @property
    def is_folder(self) -> bool:
        """Whether an export is a folder of files."""
        return "." not in self.file_name


def keras_answers(network: keras.Model, inputs: NetworkInputs) -> Probabilities:
    """What Keras answers.

    Args:
        network: of one input, or of several, by their names.
        inputs: (n, …) float32 each, as (n, 28, 28, 1) pictures in [0, 1].

    Returns:
        (n, 10) float32; what else the network says follows in further columns.
    """
    arrays = inputs if isinstance(inputs, dict) else {"": inputs}
    total = len(next(iter(arrays.values())))
    answers = []
    for at in range(0, total, _BATCH):
        block = {name: array[at : at + _BATCH] for name, array in arrays.items()}
        # Not `predict`, which is compiled anew for every network and warns when there are many.
        said = network(block.get("", block), training=False)
        answers.append(np.concatenate([np.asarray(part) for part in _as_list(said)], axis=1))
    return np.concatenate(answers)


def _as_list(said: object) -> list[object]:
    return list(said) if isinstance(said, (list, tuple)) else [said]


def _write_keras(network: keras.Model, path: Path) -> None:
    from trainer.export.keras_file import save_keras

    save_keras(network, path)


def _write_h5(network: keras.Model, path: Path) -> None:
    with silent_logger("absl"):  # Keras calls the format legacy; whoever asks for it knows
        network.save(path)


def _answer_keras(path: Path, images: ModelInput) -> Probabilities:
    import keras

    return keras_answers(keras.models.load_model(path, compile=False), images)


def write_onnx(network: keras.Model, path: Path) -> None:
    """Write an ONNX file with a free batch size."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Keras's exporter asks for np.object
        network.export(str(path), format="onnx", verbose=False)


def _answer_onnx(path: Path, inputs: NetworkInputs) -> Probabilities:
    named = inputs if isinstance(inputs, dict) else {"picture": inputs}
    probabilities, digitness = Engine(path).ask(named["picture"], named.get("directions"))
    if digitness is None:
        return probabilities
    return np.concatenate([probabilities, digitness[:, np.newaxis]], axis=1)


def _write_tflite(network: keras.Model, path: Path) -> None:
    import tensorflow as tf  # type: ignore[import-untyped]

    # Not `format="litert"`: Keras 3.12, the last for Python 3.10, does not know it.
    with tempfile.TemporaryDirectory() as folder:
        _write_savedmodel(network, Path(folder))
        path.write_bytes(tf.lite.TFLiteConverter.from_saved_model(folder).convert())


def _answer_tflite(path: Path, images: ModelInput) -> Probabilities:
    from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-untyped]

    interpreter = Interpreter(str(path), num_threads=1)
    picture = interpreter.get_input_details()[0]["index"]
    interpreter.resize_tensor_input(picture, images.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(picture, images)
    interpreter.invoke()
    answers: Probabilities = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    return answers


def _write_savedmodel(network: keras.Model, path: Path) -> None:
    network.export(str(path), format="tf_saved_model", verbose=False)


def _answer_savedmodel(path: Path, images: ModelInput) -> Probabilities:
    import tensorflow as tf  # type: ignore[import-untyped]

    loaded = tf.saved_model.load(str(path))  # its variables live as long as this name
    answers: Probabilities = loaded.serve(images).numpy()
    return answers


@contextmanager
def silent_logger(name: str | None) -> Iterator[None]:
    """Within a ``with`` block a logger, or the root of all, tells nothing below an error."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("keras", "model.keras", "Keras", _write_keras, _answer_keras),
        Format("h5", "model.h5", "Keras", _write_h5, _answer_keras),
        Format("onnx", "model.onnx", "ONNX Runtime", write_onnx, _answer_onnx),
        Format("tflite", "model.tflite", "LiteRT", _write_tflite, _answer_tflite),
        Format("savedmodel", "savedmodel", "TensorFlow", _write_savedmodel, _answer_savedmodel),
    )
}
