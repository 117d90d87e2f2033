"""Change a picture of a digit as another hand would have: affinely and elastically.

Simard, Steinkraus, Platt: Best practices for convolutional neural networks
applied to visual document analysis, 2003.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import IMAGE_SIZE

_CENTRE = (IMAGE_SIZE - 1) / 2
_ROWS, _COLUMNS = np.mgrid[:IMAGE_SIZE, :IMAGE_SIZE].astype(np.float32)
_GRID = np.stack([_COLUMNS - _CENTRE, _ROWS - _CENTRE], axis=-1).reshape(-1, 2)


@dataclass(frozen=True)
class ImageAugmentation:
    """How far a picture is changed.

    Attributes:
        rotation: standard deviation, degrees.
        scale, stretch: standard deviations of the logarithms of size and of width / height.
        shear: standard deviation.
        shift: standard deviation, pixels.
        elastic: standard deviation of the smooth displacement, pixels.
        elastic_cells: cells along a side of the displacement's grid; fewer are smoother.
        untouched: share of the pictures that stay as they are. Resampling blurs, and a network
            that never saw a picture as sharp as those it is asked about reads them worse.
    """

    rotation: float = 7.0
    scale: float = 0.07
    stretch: float = 0.1
    shear: float = 0.12
    shift: float = 0.5
    elastic: float = 0.7
    elastic_cells: int = 5
    untouched: float = 0.15


def augment_image(
    ink: NDArray[np.uint8], how: ImageAugmentation, random: np.random.Generator
) -> NDArray[np.uint8]:
    """A changed copy of one picture.

    Args:
        ink: (28, 28) uint8, 0 = paper and 255 = ink.
        how: the strength of each change.
        random: the source of chance; the same state gives the same copy.

    Returns:
        (28, 28) uint8.
    """
    if random.random() < how.untouched:
        return ink
    sources = (_GRID @ _affine(how, random)).reshape(IMAGE_SIZE, IMAGE_SIZE, 2)
    sources += _displacement(how, random)
    changed = cv2.remap(ink, sources, None, cv2.INTER_CUBIC, borderValue=0)  # type: ignore[call-overload]
    return np.asarray(changed, np.uint8)


def _affine(how: ImageAugmentation, random: np.random.Generator) -> NDArray[np.float32]:
    """A matrix (2, 2) for row vectors, from the new picture's places to the old one's."""
    deviations = (np.deg2rad(how.rotation), how.scale, how.stretch / 2, how.shear)
    angle, scale, stretch, shear = random.normal(0, 1, 4) * deviations
    cos, sin = np.cos(angle), np.sin(angle)
    shape = np.array([[np.exp(scale + stretch), 0.0], [shear, np.exp(scale - stretch)]])
    matrix: NDArray[np.float32] = (shape @ np.array([[cos, sin], [-sin, cos]])).astype(np.float32)
    return matrix


def _displacement(how: ImageAugmentation, random: np.random.Generator) -> NDArray[np.float32]:
    """(28, 28, 2) pixels: the shift of all, the middle's place, and a smooth random field."""
    cells = random.normal(0, how.elastic, (how.elastic_cells, how.elastic_cells, 2))
    size = (IMAGE_SIZE, IMAGE_SIZE)
    field = cv2.resize(cells.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    shift = random.normal(0, how.shift, 2) + _CENTRE
    return np.asarray(field + shift.astype(np.float32), np.float32)
