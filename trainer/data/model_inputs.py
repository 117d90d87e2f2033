"""Whole data sets as model inputs, for validation and evaluation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer import directions
from recognizer.directions import DirectionMaps
from recognizer.geometry import IMAGE_SIZE, draw, place, to_model_input
from trainer.data.collection import Data
from trainer.data.mnist import Images
from trainer.data.stroke_files import LabelledDrawing

Inputs = NDArray[np.float32]
NetworkInputs = Inputs | dict[str, Inputs]  # by name, where a network reads more than a picture
Labels = NDArray[np.int64]

_COMPARED = 1_000  # samples on which two forms of a network are compared


def images_as_inputs(images: Images) -> tuple[Inputs, Labels]:
    """(n, 28, 28, 1) float32 in [0, 1] and (n,) int64."""
    return (images.ink / np.float32(255))[..., np.newaxis], images.labels


def drawings_as_inputs(drawings: Sequence[LabelledDrawing]) -> tuple[Inputs, Labels]:
    """Drawn as the server draws them: (n, 28, 28, 1) float32 in [0, 1] and (n,) int64."""
    inputs = np.empty((len(drawings), IMAGE_SIZE, IMAGE_SIZE, 1), np.float32)
    for number, drawing in enumerate(drawings):
        inputs[number] = to_model_input(draw(drawing.strokes))
    return inputs, np.array([drawing.label for drawing in drawings], np.int64)


def drawings_as_direction_maps(drawings: Sequence[LabelledDrawing]) -> DirectionMaps:
    """Mapped as the server maps them: (n, 14, 14, 8) float32."""
    maps = np.empty((len(drawings), *directions.SHAPE), np.float32)
    for number, drawing in enumerate(drawings):
        maps[number] = directions.map_directions(place(drawing.strokes))
    return maps


def real_inputs(data: Data, *, reads_directions: bool) -> NetworkInputs:
    """About a thousand real samples to compare two forms of a network on.

    Args:
        data: the data sets.
        reads_directions: whether the network reads direction maps, and so drawings; else pictures.

    Returns:
        pictures of MNIST's test part; or drawings by all writers, by the names of the two inputs.
    """
    if not reads_directions:
        return images_as_inputs(data.mnist.test[:_COMPARED])[0]
    drawings = data.drawings[:: max(1, len(data.drawings) // _COMPARED)]
    pictures, _ = drawings_as_inputs(drawings)
    return {"picture": pictures, "directions": drawings_as_direction_maps(drawings)}
