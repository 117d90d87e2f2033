"""Direction maps: where on the picture the pen moved which way.

A picture of ink cannot tell a 1 with a long upstroke from a 7; the pen's direction can.  Eight
maps, one for each of eight directions, stand beside the picture as further channels of a drawing's
model input (Bai and Huo: A study on the use of 8-directional features for online handwritten
Chinese character recognition, 2005; Graham: Sparse arrays of signatures for online character
recognition, 2013).  They do not depend on the order of the strokes, nor on the pen's speed or the
tablet's sampling, since paths are resampled at equal distances first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import IMAGE_SIZE, Points

VERSION = 1
DIRECTIONS = 8
MAP_SIZE = 14  # side of a map, in cells of 2x2 pixels of the picture
SHAPE = (MAP_SIZE, MAP_SIZE, DIRECTIONS)

_SPACING = 0.75  # of the places along a path where its direction is taken, pixels at most
_REACH = 1.25  # half the chord that gives the direction, pixels: a trembling hand has none
_LAST = MAP_SIZE - 1 - 1e-9  # place of the last cell's middle, so that there is a next one
_GAP = 4 * _REACH  # between two paths on the common line of lengths

DirectionMaps = NDArray[np.float32]


def map_directions(paths: Sequence[Points]) -> DirectionMaps:
    """The direction maps of one drawing.

    Args:
        paths: what :func:`recognizer.geometry.place` gave: at least one, each with points.

    Returns:
        (14, 14, 8) float32, 0 or more: the length of path in each cell and direction, in cells;
        direction k is k * 45 degrees, 0 to the right and 2 downwards.  All 0 for dots.
    """
    maps: DirectionMaps = map_all_directions([paths])[0]
    return maps


def map_all_directions(drawings: Sequence[Sequence[Points]]) -> DirectionMaps:
    """As :func:`map_directions` for many drawings at once: (n, 14, 14, 8) float32."""
    paths = [path for drawing in drawings for path in drawing]
    owner = np.repeat(np.arange(len(drawings)), [len(drawing) for drawing in drawings])
    places, lines, starts, lengths = _unroll(paths)
    at, path_of, weights = _stations(starts, lengths)
    low, high = starts[path_of], starts[path_of] + lengths[path_of]
    behind = np.interp(np.maximum(at - _REACH, low), lines, places)
    ahead = np.interp(np.minimum(at + _REACH, high), lines, places)
    middle = np.interp(at, lines, places)
    return _spread(middle, ahead - behind, weights, owner[path_of], len(drawings))


def _unroll(
    paths: Sequence[Points],
) -> tuple[NDArray[np.complex128], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """All paths on one line of lengths, so that one interpolation serves them all.

    Returns:
        the points as complex numbers x + iy, the place of each on the line, and of each path its
        start on the line and its length.
    """
    points = np.concatenate(paths)
    places = points[:, 0] + 1j * points[:, 1]
    ends = np.cumsum([len(path) for path in paths])
    steps = np.empty(len(places))
    steps[0] = 0
    steps[1:] = np.abs(np.diff(places))
    steps[ends[:-1]] = _GAP
    lines = np.cumsum(steps)
    starts = lines[np.concatenate([[0], ends[:-1]])]
    return places, lines, starts, lines[ends - 1] - starts


def _stations(
    starts: NDArray[np.float64], lengths: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Equally distant places on each path: where on the line, of which path, how much path each."""
    numbers = np.ceil(lengths / _SPACING).astype(np.int64)
    path_of = np.repeat(np.arange(len(lengths)), numbers)
    nth = np.arange(len(path_of)) - np.repeat(np.cumsum(numbers) - numbers, numbers)
    spacing = (lengths / np.maximum(numbers, 1))[path_of]
    return starts[path_of] + (nth + 0.5) * spacing, path_of, spacing


def _spread(
    middle: NDArray[np.complex128],
    chords: NDArray[np.complex128],
    weights: NDArray[np.float64],
    owner: NDArray[np.int64],
    drawings: int,
) -> DirectionMaps:
    """Divide each place's length of path among 2x2 cells and two directions, linearly."""
    cell = IMAGE_SIZE / MAP_SIZE
    # A thin pen goes nearer to the edge than the outermost cells' middles.
    column, columns = _neighbours(np.clip(middle.real / cell - 0.5, 0, _LAST))
    row, rows = _neighbours(np.clip(middle.imag / cell - 0.5, 0, _LAST))
    direction, shares = _neighbours(np.angle(chords) * (DIRECTIONS / (2 * np.pi)))
    first = ((owner * MAP_SIZE + row) * MAP_SIZE + column) * DIRECTIONS
    places = np.stack(
        [
            first + (down * MAP_SIZE + right) * DIRECTIONS + (direction + turn) % DIRECTIONS
            for down in (0, 1)
            for right in (0, 1)
            for turn in (0, 1)
        ]
    )
    amounts = np.einsum("an,bn,cn,n->abcn", rows, columns, shares, weights / cell)
    size = drawings * MAP_SIZE * MAP_SIZE * DIRECTIONS
    maps = np.bincount(places.ravel(), amounts.ravel(), size)
    return maps.astype(np.float32).reshape(drawings, *SHAPE)


def _neighbours(values: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The whole number below each value, and the shares (2, n) of it and of the next."""
    below = np.floor(values)
    share = values - below
    return below.astype(np.int64), np.stack([1 - share, share])
