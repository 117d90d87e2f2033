"""The labelled segments of a UNIPEN file, each with the strokes it consists of.

One file with everything it includes is held in memory, as text; only what a segment asks for is
turned into numbers.  A segment that cannot be read is reported and passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from trainer.data.rows import Points
from trainer.data.unipen.delineation import Piece, parse_delineation
from trainer.data.unipen.statements import Statement, read_statements

_SEGMENT = re.compile(
    r'\s*(?P<level>[^\s"]+)\s+(?P<delineation>\d[\d:,\-\s]*?)'
    r'(?:\s+(?P<quality>[^\s"\d][^\s"]*))?\s+"(?P<label>(?:[^"\\]|\\.)*)"',
    re.DOTALL,
)
_LEVELS = ("CHARACTER", "DIGIT")
_ESCAPED = {'\\"': '"', "\\\\": "\\", "\\t": "\t", "\\n": "\n"}


@dataclass(frozen=True, eq=False)
class Segment:
    """A labelled piece of writing.

    Attributes:
        level: of the file's hierarchy, as ``CHARACTER``.
        label: its truth, escapes undone.
        quality: as the file says, often ``OK``, ``BAD`` or ``?``.
        writer: what ``.WRITER_ID`` said last before its first component; empty where nothing.
        comment: the text of a ``.COMMENT`` that follows it at once; empty where there is none.
        strokes: arrays (n, 2) float64, x and y **downwards** (UNIPEN's own y grows upwards), in
            the tablet's unit; components with the pen up are left out.
    """

    level: str
    label: str
    quality: str
    writer: str
    comment: str
    strokes: tuple[Points, ...]


@dataclass(frozen=True)
class _Component:
    is_down: bool
    text: str
    columns: tuple[str, ...]
    writer: str


@dataclass
class _Document:
    components: list[_Component] = field(default_factory=list)
    segments: list[tuple[Statement, str]] = field(default_factory=list)  # and their comments


def read_segments(
    path: Path,
    search_paths: Sequence[Path] = (),
    *,
    on_problem: Callable[[str], None],
) -> Iterator[Segment]:
    """The labelled segments of single characters and digits, in the file's order.

    Others (words, lines) are passed over in silence.

    Args:
        path: of the file.
        search_paths: folders to look for included files in, after the including file's own.
        on_problem: is told of each segment that cannot be read, and why.

    Raises:
        DataError: the file, or one that it includes, cannot be read.
    """
    document = _read_document(path, search_paths)
    for statement, comment in document.segments:
        level = (statement.text.split(maxsplit=1) or [""])[0]
        if level not in _LEVELS:
            continue
        try:
            yield _segment(statement, comment, document.components)
        except ValueError as error:
            on_problem(f"{statement.place}: {error}")


def _read_document(path: Path, search_paths: Sequence[Path]) -> _Document:
    document = _Document()
    columns: tuple[str, ...] = ("X", "Y")
    writer = previous = ""
    for statement in read_statements(path, search_paths):
        keyword, text = statement.keyword, statement.text
        if keyword == "COORD":
            columns = tuple(text.upper().split())
        elif keyword == "WRITER_ID":
            writer = " ".join(text.split())
        elif keyword in ("PEN_DOWN", "PEN_UP") and text.strip():  # those without points count not
            document.components.append(_Component(keyword == "PEN_DOWN", text, columns, writer))
        elif keyword == "SEGMENT":
            document.segments.append((statement, ""))
        elif keyword == "COMMENT" and previous == "SEGMENT":
            document.segments[-1] = (document.segments[-1][0], text.strip())
        previous = keyword
    return document


def _segment(statement: Statement, comment: str, components: Sequence[_Component]) -> Segment:
    match = _SEGMENT.match(statement.text)
    if match is None:
        raise ValueError(f"{' '.join(statement.text.split())[:80]!r} is not a labelled segment")
    pieces = parse_delineation(match["delineation"])
    beyond = [piece.component for piece in pieces if piece.component >= len(components)]
    if beyond:
        raise ValueError(f"component {beyond[0]} is not there; there are {len(components)}")
    strokes = [
        _points(components[piece.component], piece)
        for piece in pieces
        if components[piece.component].is_down
    ]
    if not strokes:
        raise ValueError("the pen is up in all of it")
    label = re.sub(r"\\.", lambda escape: _ESCAPED.get(escape[0], escape[0]), match["label"])
    writer = components[pieces[0].component].writer
    return Segment(match["level"], label, match["quality"] or "", writer, comment, tuple(strokes))


def _points(component: _Component, piece: Piece) -> Points:
    if not {"X", "Y"} <= set(component.columns):
        raise ValueError(f".COORD {' '.join(component.columns)} has no X and Y")
    tokens = component.text.split()
    if len(tokens) % len(component.columns):
        raise ValueError(f"component {piece.component} has points without all of their columns")
    table = np.array(tokens, np.float64).reshape(-1, len(component.columns))
    table = table[piece.first : None if piece.last is None else piece.last + 1]
    if not len(table) or not np.isfinite(table).all():
        raise ValueError(f"component {piece.component} has no such points, or not finite ones")
    x, y = (component.columns.index(name) for name in ("X", "Y"))
    return np.stack([table[:, x], -table[:, y]], axis=1) + 0.0  # no -0
