"""Whole data sets as model inputs, for validation and evaluation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer import directions
from recognizer.directions import DirectionMaps
from recognizer.geometry import IMAGE_SIZE, draw, place, to_model_input
from trainer.data.mnist import Images
from trainer.data.stroke_files import LabelledDrawing

Inputs = NDArray[np.float32]
NetworkInputs = Inputs | dict[str, Inputs]  # by name, where a network reads more than a picture
Labels = NDArray[np.int64]


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
