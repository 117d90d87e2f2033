"""Divide strokes among groups so that the sum of the groups' scores is the largest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from recognizer.numbers.candidates import Group

_MOST_STATES = 64  # ways to have divided the strokes so far that are followed up

# Groups taken, the last one first: (place, (place, … None)).
_Chain = tuple[int, Any] | None
# The strokes already divided as bits, and of the best way to divide them score and groups.
_States = dict[int, tuple[float, _Chain]]


def best_partition(groups: Sequence[Group], scores: Sequence[float], number: int) -> list[int]:
    """The groups that hold each stroke exactly once and score most together.

    A dynamic programme: the first stroke that is still free decides which groups may come next.
    Exact unless more than 64 different sets of strokes are taken at one time, as in a scribble.

    Args:
        groups: indices of strokes; every stroke alone is among them.
        scores: of each group.
        number: of strokes.

    Returns:
        places in ``groups``.
    """
    order = _order(groups, number)
    place_of = {stroke: place for place, stroke in enumerate(order)}
    starting: dict[int, list[tuple[int, int]]] = defaultdict(list)  # by a group's first stroke
    for index, group in enumerate(groups):
        places = [place_of[stroke] for stroke in group]
        starting[min(places)].append((index, sum(1 << place for place in places)))
    levels: list[_States] = [{} for _ in range(number + 1)]
    levels[0][0] = (0.0, None)
    for level in range(number):
        for taken, (score, chosen) in _best(levels[level]):
            for index, bits in starting[level]:
                if taken & bits:
                    continue
                both = taken | bits
                reached = levels[_first_free(both)]
                total = score + scores[index]
                if both not in reached or total > reached[both][0]:
                    reached[both] = (total, (index, chosen))
    ((_, chosen),) = levels[number].values()
    return _unchain(chosen)


def _unchain(chain: _Chain) -> list[int]:
    chosen = []
    while chain is not None:
        place, chain = chain
        chosen.append(place)
    return chosen


def _best(states: _States) -> list[tuple[int, tuple[float, _Chain]]]:
    ranked = sorted(states.items(), key=lambda state: state[1][0], reverse=True)
    return ranked[:_MOST_STATES]


def _first_free(taken: int) -> int:
    return (~taken & (taken + 1)).bit_length() - 1


def _order(groups: Sequence[Group], number: int) -> list[int]:
    """The strokes so that those of one group stand near each other: few states are open then."""
    neighbours: list[set[int]] = [set() for _ in range(number)]
    for group in groups:
        for stroke in group:
            neighbours[stroke].update(group)
    order: list[int] = []
    seen: set[int] = set()
    for first in range(number):
        waiting = [first]
        while waiting:
            stroke = waiting.pop()
            if stroke not in seen:
                seen.add(stroke)
                order.append(stroke)
                waiting += sorted(neighbours[stroke] - seen, reverse=True)
    return order
