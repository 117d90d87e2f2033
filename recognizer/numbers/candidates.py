"""Which groups of strokes may be a digit: neighbours, grown best first, not too many of them."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from recognizer.geometry import Points

_MOST_STROKES = 5  # of a digit among others
_LOWEST_LINK = -6.0  # log odds, below which no two strokes are joined
_MOST_NEIGHBOURS = 6  # of a stroke that it is joined with
_MOST_JOINED = 200  # groups of several strokes: bounds the work for a scribble of 256 strokes
_MOST_POINTS = 100_000  # of all groups together; those of 16 written digits had 18,000 at most

Links = NDArray[np.float64]
Group = tuple[int, ...]


def propose(links: Links) -> list[Group]:
    """Groups worth asking the network about.

    Args:
        links: (n, n) log odds of two strokes being of one digit; n is at least 1.

    Returns:
        ascending indices of each group's strokes: every stroke by itself, and at most 200 groups
        of two to five strokes that are linked, about the likeliest ones.
    """
    neighbours = _neighbours(links)
    proposed: list[Group] = [(stroke,) for stroke in range(len(links))]
    seen = set(proposed)
    waiting: list[tuple[float, Group]] = []
    for alone in list(proposed):
        _push_grown(alone, 0.0, links, neighbours, seen, waiting)
    while waiting and len(proposed) < len(links) + _MOST_JOINED:
        weakness, group = heapq.heappop(waiting)
        proposed.append(group)
        if len(group) < _MOST_STROKES:
            _push_grown(group, weakness, links, neighbours, seen, waiting)
    return proposed


def keep_drawable(groups: Sequence[Group], strokes: Sequence[Points]) -> list[Group]:
    """Leave out the unlikeliest groups where a stroke of thousands of points would be in hundreds.

    Args:
        groups: what :func:`propose` gave: each has to be drawn for the network.
        strokes: arrays (m, 2) of points.

    Returns:
        every stroke by itself, and the likeliest of the others, up to 100,000 points in all.
    """
    points = accumulate(sum([len(strokes[stroke]) for stroke in group]) for group in groups)
    return [
        group
        for group, so_far in zip(groups, points, strict=True)
        if len(group) == 1 or so_far <= _MOST_POINTS
    ]


def link_strength(links: Links, group: Sequence[int]) -> float:
    """Log odds of a group being one digit, of its links alone: those of the best tree of them.

    Args:
        links: as for :func:`propose`.
        group: indices of strokes; 0 for one alone.
    """
    if len(group) < 3:
        return float(links[group[0], group[1]]) if len(group) == 2 else 0.0
    best = links[group[0]][list(group)]
    open_places = np.ones(len(group), bool)
    open_places[0] = False
    strength = 0.0
    for _ in group[1:]:
        nearest = int(np.where(open_places, best, -np.inf).argmax())
        strength += float(best[nearest])
        open_places[nearest] = False
        best = np.maximum(best, links[group[nearest]][list(group)])
    return strength


def _neighbours(links: Links) -> list[list[int]]:
    """The strokes that each one is linked with, the strongest few."""
    without_itself = np.where(np.eye(len(links), dtype=bool), -np.inf, links)
    strongest = np.argsort(-without_itself, axis=1, kind="stable")[:, :_MOST_NEIGHBOURS]
    return [
        [other for other in row.tolist() if without_itself[stroke, other] >= _LOWEST_LINK]
        for stroke, row in enumerate(strongest)
    ]


def _push_grown(
    group: Group,
    weakness: float,
    links: Links,
    neighbours: list[list[int]],
    seen: set[Group],
    waiting: list[tuple[float, Group]],
) -> None:
    """Put the group with one neighbour more, for each, among those that wait."""
    for stroke in group:
        for other in neighbours[stroke]:
            grown = tuple(sorted((*group, other)))
            if other not in group and grown not in seen:
                seen.add(grown)
                heapq.heappush(waiting, (weakness - float(links[stroke, other]), grown))
