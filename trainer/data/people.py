"""Who is the same person under several names: writers who share an exactly equal drawing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from trainer.data.stroke_files import LabelledDrawing

Writer = tuple[str, str]  # source and name

_FEWEST_POINTS = 5  # of a drawing that proves something


def people(drawings: Iterable[LabelledDrawing]) -> dict[Writer, str]:
    """The person behind every writer.

    Two people do not draw the same points; where a drawing stands under two names of one site,
    the names are one person's, or the site filed a drawing twice, which is as bad for a split.
    Drawings of a few points prove nothing and are not looked at.

    Returns:
        for each ``(source, writer)`` the name of the person, ``source/writer`` of the first of its
        names in alphabetical order.
    """
    first: dict[Hashable, Writer] = {}
    joined: dict[Writer, Writer] = {}
    for drawing in drawings:
        writer = (drawing.source, drawing.writer)
        joined.setdefault(writer, writer)
        identity = identify(drawing)
        if identity is None:
            continue
        other = first.setdefault(identity, writer)
        low, high = sorted((_root(joined, writer), _root(joined, other)))
        joined[high] = low
    return {writer: "/".join(_root(joined, writer)) for writer in joined}


def authors(drawings: Sequence[LabelledDrawing]) -> list[str]:
    """Who drew each of some drawings: its person, as :func:`people` names them."""
    person_of = people(drawings)
    return [person_of[drawing.source, drawing.writer] for drawing in drawings]


def identify(drawing: LabelledDrawing) -> Hashable | None:
    """What two drawings of a site have in common if they are the same, point for point.

    None for those of so few points that being equal proves nothing.
    """
    if sum(map(len, drawing.strokes)) < _FEWEST_POINTS:
        return None
    lengths = tuple(len(stroke) for stroke in drawing.strokes)
    return drawing.source, lengths, b"".join(stroke.tobytes() for stroke in drawing.strokes)


def _root(joined: dict[Writer, Writer], writer: Writer) -> Writer:
    while joined[writer] != writer:
        writer = joined[writer]
    return writer
