"""Which components a segment consists of, and which of their points: ``0-2:10,4``.

A component is a run of points with the pen down, or up; components and points are counted from
0.  ``4`` is component 4; ``0-2`` are 0, 1 and 2; ``4:76-4:90`` are points 76 to 90 of component
4, both included; ``2:10-`` is component 2 from its point 10 on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_COMPONENTS = 10_000  # in one range; a page of text has some hundred

_PART = re.compile(r"(\d+)(?::(\d+))?(?:(-)(?:(\d+)(?::(\d+))?)?)?")


@dataclass(frozen=True)
class Piece:
    """Points ``first`` to ``last`` of one component, both included; None is its last point."""

    component: int
    first: int = 0
    last: int | None = None


def parse_delineation(text: str) -> list[Piece]:
    """The pieces in their order.

    Raises:
        ValueError: this is no delineation, or a range of it runs backwards or is far too long.
    """
    return [piece for part in "".join(text.split()).split(",") for piece in _pieces(part)]


def _pieces(part: str) -> list[Piece]:
    match = _PART.fullmatch(part)
    if match is None:
        raise ValueError(f"{part!r} names no components")
    first, first_point, dash, last, last_point = match.groups()
    begin = Piece(int(first), int(first_point or 0))
    if dash is None:
        only = None if first_point is None else begin.first
        return [Piece(begin.component, begin.first, only)]
    end = Piece(int(last or first), 0, None if last_point is None else int(last_point))
    if end.component == begin.component:
        _check(part, end.last is None or end.last >= begin.first)
        return [Piece(begin.component, begin.first, end.last)]
    _check(part, end.component > begin.component)
    if end.component - begin.component >= MAX_COMPONENTS:
        raise ValueError(f"{part!r} is more than {MAX_COMPONENTS} components")
    between = (Piece(number) for number in range(begin.component + 1, end.component))
    return [begin, *between, end]


def _check(part: str, runs_forwards: bool) -> None:
    if not runs_forwards:
        raise ValueError(f"{part!r} runs backwards")
