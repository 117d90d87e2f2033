"""How likely two strokes belong to one digit, from where they lie and when they were drawn.

The network has the last word on groups of strokes (:mod:`recognizer.numbers.scores`); this is what
is known before it is asked, and what decides which groups are worth asking about.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.boxes import Boxes
from recognizer.drawing import Numbers
from recognizer.geometry import Points
from recognizer.numbers.weights import LINK_FEATURES

_MOST_PLACES = 40  # along a stroke that its distance to others is taken from
_FEWEST_PLACES = 6
_LEAST_UNIT = 1e-9  # of the drawing's size: two dots have no size of their own
_ALL_PLACES = 2000  # of all strokes together: bounds the work for many strokes


def weigh_links(strokes: Sequence[Points], weights: Numbers) -> Numbers:
    """Log odds of each two strokes being of one digit, without having asked the network.

    Args:
        strokes: arrays (m, 2) of points, none empty; at least one, x and y downwards, in a unit
            in which the drawing's longer side is about 1.
        weights: (9,), the run's for links.

    Returns:
        (n, n) float64, symmetrical; the diagonal means nothing.
    """
    log_odds: Numbers = describe_links(strokes) @ weights
    return log_odds


def describe_links(strokes: Sequence[Points]) -> Numbers:
    """What there is to know about each pair of strokes, in the unit of the larger of the two.

    Args:
        strokes: as for :func:`weigh_links`.

    Returns:
        (n, n, 9) float64, in the order of :data:`recognizer.numbers.weights.LINK_FEATURES`.
    """
    boxes = Boxes.around(strokes)
    width, height = boxes.extents.T
    longest = np.maximum(width, height)
    unit = np.maximum(_larger(longest), _LEAST_UNIT)
    low, high = boxes.low, boxes.high
    apart = np.maximum(low[:, None], low) - np.minimum(high[:, None], high)  # < 0: overlap
    beside, below = apart[..., 0] / unit, apart[..., 1] / unit
    narrower = np.minimum(width[:, None], width) / unit
    distance = _distances(strokes) / unit
    order = np.arange(len(strokes))
    features = np.empty((len(strokes), len(strokes), len(LINK_FEATURES)))
    features[..., 0] = 1
    features[..., 1] = np.minimum(distance, 1)
    features[..., 2] = np.minimum(distance, 0.1) * 10
    features[..., 3] = _share(beside)
    features[..., 4] = _share(-beside / (narrower + 0.1))
    features[..., 5] = _share(below)
    features[..., 6] = np.minimum(longest[:, None], longest) / unit
    features[..., 7] = np.minimum(height[:, None], height) / np.maximum(
        _larger(height), 1e-9 * unit
    )
    features[..., 8] = np.abs(order[:, None] - order) == 1
    return features


def measure_distances(x: Numbers, y: Numbers, starts: Sequence[int] | NDArray[np.int64]) -> Numbers:
    """How near each two of n lines come to each other.

    Args:
        x: (m,) of places on all lines, one line behind the other, in any unit.
        y: (m,) of the same places.
        starts: (n,) where each line begins among them.

    Returns:
        (n, n) float64, symmetrical; the diagonal is 0.
    """
    squares = np.square(x[:, None] - x)
    squares += np.square(y[:, None] - y)
    rows = np.minimum.reduceat(squares, starts, axis=0)
    return np.sqrt(np.minimum.reduceat(rows, starts, axis=1))


def _share(values: Numbers) -> Numbers:
    return np.minimum(np.maximum(values, 0), 1)


def _larger(sizes: Numbers) -> Numbers:
    return np.maximum(sizes[:, None], sizes)


def _distances(strokes: Sequence[Points]) -> Numbers:
    """(n, n): how near each two strokes come to each other, by equally distant places on them."""
    number = min(max(_ALL_PLACES // len(strokes), _FEWEST_PLACES), _MOST_PLACES)
    x, y = np.concatenate([_spread(stroke, number) for stroke in strokes], axis=1)
    return measure_distances(x, y, np.arange(0, len(x), number))


def _spread(stroke: Points, number: int) -> Numbers:
    """Equally distant places along a stroke: (2, number), x and y."""
    steps = stroke[1:] - stroke[:-1]
    along = np.zeros(len(stroke))
    np.add.accumulate(np.hypot(steps[:, 0], steps[:, 1]), out=along[1:])
    ways = np.arange(number) * (along[-1] / (number - 1))
    return np.array([np.interp(ways, along, stroke[:, axis]) for axis in (0, 1)])
