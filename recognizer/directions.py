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
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import IMAGE_SIZE, Points

VERSION = 1
DIRECTIONS = 8
MAP_SIZE = 14  # side of a map, in cells of 2x2 pixels of the picture
SHAPE = (MAP_SIZE, MAP_SIZE, DIRECTIONS)

_SPACING = 0.75  # of the places along a path where its direction is taken, pixels at most
_REACH = 1.25  # half the chord that gives the direction, pixels: a trembling hand has none
_CELL = IMAGE_SIZE / MAP_SIZE  # pixels
# From a cell to itself, its neighbour to the right, below, and below to the right.
_CORNERS = DIRECTIONS * np.array([[0], [1], [MAP_SIZE], [MAP_SIZE + 1]])
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
    low = starts[path_of]
    high = low + lengths[path_of]
    wanted = np.concatenate([np.maximum(at - _REACH, low), np.minimum(at + _REACH, high), at])
    behind, ahead, middle = np.interp(wanted, lines, places).reshape(3, -1)
    return _spread(middle, ahead - behind, weights, owner[path_of], len(drawings))


def _unroll(
    paths: Sequence[Points],
) -> tuple[NDArray[np.complex128], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """All paths on one line of lengths, so that one interpolation serves them all.

    Returns:
        the points as complex numbers x + iy, the place of each on the line, and of each path its
        start on the line and its length.
    """
    # x and y beside each other are a complex number as it lies in memory.
    places = np.concatenate(paths).view(np.complex128)[:, 0]
    ends = np.array([0, *accumulate(len(path) for path in paths)])
    steps = np.empty(len(places))
    steps[0] = 0
    np.abs(places[1:] - places[:-1], out=steps[1:])
    steps[ends[1:-1]] = _GAP
    lines = np.cumsum(steps)
    starts = lines[ends[:-1]]
    return places, lines, starts, lines[ends[1:] - 1] - starts


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
    # A thin pen goes nearer to the edge than the outermost cells' middles.
    cells = middle.view(np.float64).reshape(-1, 2) / _CELL - 0.5
    np.minimum(np.maximum(cells, 0, out=cells), _LAST, out=cells)
    turns = np.arctan2(chords.imag, chords.real) * (DIRECTIONS / (2 * np.pi)) + DIRECTIONS
    corner, direction = cells.astype(np.int64), turns.astype(np.int64)  # the whole parts
    right, down = (cells - corner).T  # the shares of the next cells, and of the next direction
    turn = turns - direction
    weight = weights / _CELL
    below, beside = down * weight, right * weight
    both = right * below
    amounts = np.array([weight - below - beside + both, beside - both, below - both, both])
    first = ((owner * MAP_SIZE + corner[:, 1]) * MAP_SIZE + corner[:, 0]) * DIRECTIONS
    directions = np.array([direction % DIRECTIONS, (direction + 1) % DIRECTIONS])
    places = (first + _CORNERS)[:, np.newaxis] + directions
    shares = amounts[:, np.newaxis] * np.array([1 - turn, turn])
    size = drawings * MAP_SIZE * MAP_SIZE * DIRECTIONS
    maps = np.bincount(places.ravel(), shares.ravel(), size)
    return maps.astype(np.float32).reshape(drawings, *SHAPE)
