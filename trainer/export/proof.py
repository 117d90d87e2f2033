"""Export a network so that nothing unproven is ever left where somebody could take it.

An export is written into a hidden folder beside its place, loaded again by its own
runtime, compared with the original on pictures, and only then moved.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from recognizer.engine import Probabilities
from trainer.data.model_inputs import NetworkInputs
from trainer.errors import TrainerError
from trainer.export.formats import Format, keras_answers

if TYPE_CHECKING:
    import keras

TOLERANCE = 1e-4  # largest difference of a probability between an export and the original


@dataclass(frozen=True)
class Export:
    """An export that was loaded again and agreed with the original.

    Attributes:
        format: its name.
        path: the file, or the folder of a savedmodel.
        bytes: its size on disk.
        largest_difference: of any probability, over all the pictures.
    """

    format: str
    path: Path
    bytes: int
    largest_difference: float


def export_network(
    network: keras.Model, form: Format, target: Path, pictures: NetworkInputs
) -> Export:
    """Write one export, prove it, and put it in its place.

    Args:
        network: the original, float32.
        form: the format.
        target: where the export shall lie; an older export there is replaced, at the end.
        pictures: (n, 28, 28, 1) float32 in [0, 1] to compare the answers on; by the inputs' names
            where there are several.

    Raises:
        TrainerError: it differs by more than :data:`TOLERANCE`, cannot be read back, or the place
            holds something else; what lay there is unchanged.
        OSError: the place cannot be written to.
    """
    _check_place(form, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        fresh = workshop / form.file_name
        expected = keras_answers(network, pictures)  # first: Keras exports what has been called
        answers = _write_and_ask(network, form, fresh, pictures)
        difference = largest_difference(answers, expected)
        if not difference <= TOLERANCE:  # written so that NaN, too, is too much
            raise TrainerError(
                f"the {form.name} export differs from the original by {difference:.2e}, "
                f"over {TOLERANCE:g}; nothing was exported"
            )
        _move(fresh, target, workshop)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Export(form.name, target, _size(target), difference)


def largest_difference(answers: Probabilities, expected: Probabilities) -> float:
    """How far one network's answers, (n, 10), are from another's; NaN where either has one.

    Raises:
        TrainerError: they have another shape.
    """
    if answers.shape != expected.shape:
        raise TrainerError(f"the answers have the shape {answers.shape}, not {expected.shape}")
    return float(np.abs(answers - expected).max())


def _write_and_ask(
    network: keras.Model, form: Format, path: Path, pictures: NetworkInputs
) -> Probabilities:
    try:
        form.write(network, path)
        return form.answer(path, pictures)
    except OSError:
        raise
    except Exception as error:  # five libraries, each with errors of its own, or not installed
        raise TrainerError(f"there is no {form.name} export of this network: {error}") from error


def _check_place(form: Format, target: Path) -> None:
    if form.is_folder and target.exists() and not (target / "saved_model.pb").is_file():
        raise TrainerError(f"{target} exists and is no SavedModel; it is not replaced")
    if not form.is_folder and target.is_dir():
        raise TrainerError(f"{target} is a folder; the {form.name} export is one file")


def _move(fresh: Path, target: Path, workshop: Path) -> None:
    if fresh.is_dir() and target.exists():
        target.replace(workshop / "old")  # a folder can only replace an empty one
    fresh.replace(target)


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())
