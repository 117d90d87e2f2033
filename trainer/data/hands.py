"""Who is the same person under several names: writers who share an exactly equal drawing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from trainer.data.rows import Points
from trainer.data.stroke_files import LabelledDrawing

Writer = tuple[str, str]  # source and name

_FEWEST_POINTS = 5  # of a drawing that proves something


def hands(drawings: Iterable[LabelledDrawing]) -> dict[Writer, str]:
    """The hand of every writer.

    Two people do not draw the same points; where a drawing stands under two names of one site,
    the names are one person's, or the site filed a drawing twice, which is as bad for a split.
    Drawings of a few points prove nothing and are not looked at.

    Returns:
        for each ``(source, writer)`` the name of the hand, ``source/writer`` of the first of its
        names in alphabetical order.
    """
    first: dict[tuple[str, Hashable], Writer] = {}
    joined: dict[Writer, Writer] = {}
    for drawing in drawings:
        writer = (drawing.source, drawing.writer)
        joined.setdefault(writer, writer)
        if sum(map(len, drawing.strokes)) < _FEWEST_POINTS:
            continue
        other = first.setdefault((drawing.source, _identity(drawing.strokes)), writer)
        low, high = sorted((_root(joined, writer), _root(joined, other)))
        joined[high] = low
    return {writer: "/".join(_root(joined, writer)) for writer in joined}


def _identity(strokes: Sequence[Points]) -> Hashable:
    return tuple(len(stroke) for stroke in strokes), b"".join(s.tobytes() for s in strokes)


def _root(joined: dict[Writer, Writer], writer: Writer) -> Writer:
    while joined[writer] != writer:
        writer = joined[writer]
    return writer
