"""Change pictures of digits as other writers would have: affinely and elastically.

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
_ROWS, _COLUMNS = np.mgrid[:IMAGE_SIZE, :IMAGE_SIZE].astype(np.float32) - np.float32(_CENTRE)


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


def augment_images(
    ink: NDArray[np.uint8], how: ImageAugmentation, random: np.random.Generator
) -> NDArray[np.uint8]:
    """A changed copy of each picture.

    All of a batch's chances are drawn at once, since numpy's calls cost more than their work here.

    Args:
        ink: (n, 28, 28) uint8, 0 = paper and 255 = ink.
        how: the strength of each change.
        random: the source of chance; the same state gives the same copies.

    Returns:
        (n, 28, 28) uint8.
    """
    changed: NDArray[np.uint8] = ink.copy()
    (rows,) = np.nonzero(random.random(len(ink)) >= how.untouched)
    matrices = _affine(len(rows), how, random)[:, np.newaxis, np.newaxis]
    places = _displacement(len(rows), how, random)
    places += _COLUMNS[..., np.newaxis] * matrices[..., 0, :]
    places += _ROWS[..., np.newaxis] * matrices[..., 1, :]
    for row, sources in zip(rows, places, strict=True):
        changed[row] = cv2.remap(ink[row], sources, None, cv2.INTER_CUBIC, borderValue=0)  # type: ignore[call-overload]
    return changed


def _affine(
    number: int, how: ImageAugmentation, random: np.random.Generator
) -> NDArray[np.float32]:
    """Matrices (n, 2, 2) for row vectors, from the new pictures' places to the old ones'."""
    deviations = (np.deg2rad(how.rotation), how.scale, how.stretch / 2, how.shear)
    angle, scale, stretch, shear = (random.normal(0, 1, (number, 4)) * deviations).T
    cos, sin = np.cos(angle), np.sin(angle)
    zero = np.zeros_like(shear)
    shape = np.array([[np.exp(scale + stretch), zero], [shear, np.exp(scale - stretch)]])
    turn = np.array([[cos, sin], [-sin, cos]])
    matrices: NDArray[np.float32] = np.einsum("ijn,jkn->nik", shape, turn).astype(np.float32)
    return matrices


def _displacement(
    number: int, how: ImageAugmentation, random: np.random.Generator
) -> NDArray[np.float32]:
    """(n, 28, 28, 2) pixels: the shift of all, the middle's place, and a smooth random field."""
    cells = random.normal(0, how.elastic, (number, how.elastic_cells, how.elastic_cells, 2))
    size = (IMAGE_SIZE, IMAGE_SIZE)
    field = np.empty((number, *size, 2), np.float32)
    # No matrix product: the threads of a BLAS wait busily for their next call, and that took a
    # third of the training's speed (benchmarks/input_pipeline.py).
    for smooth, coarse in zip(field, cells.astype(np.float32), strict=True):
        cv2.resize(coarse, size, smooth, interpolation=cv2.INTER_CUBIC)
    shift = random.normal(0, how.shift, (number, 1, 1, 2)) + _CENTRE
    return np.asarray(field + shift.astype(np.float32), np.float32)
