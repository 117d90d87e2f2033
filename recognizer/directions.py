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
from math import ceil

import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import IMAGE_SIZE, Points

VERSION = 1
DIRECTIONS = 8
MAP_SIZE = 14  # side of a map, in cells of 2x2 pixels of the picture
SHAPE = (MAP_SIZE, MAP_SIZE, DIRECTIONS)

_SPACING = 0.75  # of the stations along a path where its direction is taken, pixels at most
_MOST_STATIONS = 4096  # of a drawing; a scribble that is longer gets them farther apart
_REACH = 1.25  # half the chord that gives the direction, pixels: a trembling hand has none
_CELL = IMAGE_SIZE / MAP_SIZE  # pixels
_BLOCK = 512  # stations whose shares of all cells are in memory together

_CHORD = np.array([[-_REACH], [0.0], [_REACH]])  # behind a station, itself, and ahead of it
# The rows, the columns and the directions, with a whole turn: which of the three, and its number.
_AXES = np.repeat([0, 1, 2], [MAP_SIZE, MAP_SIZE, DIRECTIONS + 1])
_STEPS = np.array([*range(MAP_SIZE), *range(MAP_SIZE), *range(DIRECTIONS + 1)], np.float32)

DirectionMaps = NDArray[np.float32]


def map_directions(paths: Sequence[Points]) -> DirectionMaps:
    """The direction maps of one drawing.

    Args:
        paths: what :func:`recognizer.geometry.place` gave: at least one, each with points.

    Returns:
        (14, 14, 8) float32, 0 or more: the length of path in each cell and direction, in cells;
        direction k is k * 45 degrees, 0 to the right and 2 downwards.  All 0 for dots.
    """
    lines = [_Line(path) for path in paths]
    spacing = max(_SPACING, sum(line.length for line in lines) / _MOST_STATIONS)
    stations = [line.stations(spacing) for line in lines if line.length]
    if not stations:
        return np.zeros(SHAPE, np.float32)
    chords, weights = stations[0]
    if len(stations) > 1:
        chords = np.concatenate([chord for chord, _ in stations], axis=1)
        weights = np.concatenate([weight for _, weight in stations])
    return _spread(chords, weights)


def map_all_directions(drawings: Sequence[Sequence[Points]]) -> DirectionMaps:
    """The direction maps of n drawings, (n, 14, 14, 8) float32; see :func:`map_directions`."""
    return np.stack([map_directions(paths) for paths in drawings])


class _Line:
    """A path by the way along it."""

    def __init__(self, path: Points) -> None:
        # x and y beside each other are a complex number as it lies in memory.
        self._places = np.ascontiguousarray(path).view(np.complex128)[:, 0]
        self._ways = np.zeros(len(path))  # from the path's start to each of its points, pixels
        steps = np.abs(self._places[1:] - self._places[:-1])
        np.add.accumulate(steps, out=self._ways[1:])
        self.length = float(self._ways[-1])

    def stations(self, spacing: float) -> tuple[NDArray[np.complex128], NDArray[np.float32]]:
        """Equally distant places on the path, ``spacing`` pixels apart at most.

        Returns:
            (3, n) complex128: the path behind each, there, and ahead; and (n,) float32: the length
            of path that each stands for, in cells.
        """
        number = ceil(self.length / spacing)
        step = self.length / number
        ways = np.arange(0.5, number) * step + _CHORD
        weights = np.full(number, step / _CELL, np.float32)
        return np.interp(ways, self._ways, self._places), weights  # stays within the path's ends


def _spread(chords: NDArray[np.complex128], weights: NDArray[np.float32]) -> DirectionMaps:
    """Divide the length that each station stands for among 2x2 cells and two directions, linearly.

    A station's share of a row falls linearly to 0 at the middle of the next one, and so do its
    shares of a column and of a direction; so the maps are one product of matrices.
    """
    way, middle = chords[2] - chords[0], chords[1]
    turns = np.arctan2(way.imag, way.real) * (DIRECTIONS / (2 * np.pi))
    turns[turns < 0] += DIRECTIONS
    places = np.array([middle.imag / _CELL, middle.real / _CELL, turns], np.float32)
    # A thin pen goes nearer to the edge than the outermost cells' middles.
    cells = places[:2]
    cells -= 0.5
    np.minimum(np.maximum(cells, 0, out=cells), MAP_SIZE - 1, out=cells)
    shares = places[_AXES]
    shares -= _STEPS[:, np.newaxis]
    np.subtract(1, np.abs(shares, out=shares), out=shares)
    np.maximum(shares, 0, out=shares)
    rows, columns = shares[:MAP_SIZE], shares[MAP_SIZE : 2 * MAP_SIZE]
    directions = shares[2 * MAP_SIZE :]
    directions[0] += directions[DIRECTIONS]
    directions *= weights
    maps = np.zeros((MAP_SIZE, MAP_SIZE * DIRECTIONS), np.float32)
    for at in range(0, len(weights), _BLOCK):
        block = slice(at, at + _BLOCK)
        parts = columns[:, np.newaxis, block] * directions[np.newaxis, :DIRECTIONS, block]
        maps += rows[:, block] @ parts.reshape(MAP_SIZE * DIRECTIONS, -1).T
    return maps.reshape(SHAPE)
