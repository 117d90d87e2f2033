"""Figures as tables of text, the same for the terminal and for the page.

Figures by themselves stand one below the other; those with a row make a table of rows and names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.figures import wording
from trainer.figures.figure import Figure

ABSENT = "–"
_TITLE_ENDS = " · "  # in a figure's row


@dataclass(frozen=True)
class Table:
    """A table of text; the first column is words and the others are numbers.

    Attributes:
        title: of the table; may be empty.
        headings: of the columns.
        rows: as many cells each.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(figures: Sequence[Figure]) -> Iterator[Table]:
    """The tables that a section's figures make, in their order."""
    for (title, has_rows), members in itertools.groupby(figures, _belongs):
        found = list(members)
        yield _grid(title, found) if has_rows else _list(found)


def _belongs(figure: Figure) -> tuple[str, bool]:
    title, ends, _ = figure.row.partition(_TITLE_ENDS)
    return (title if ends else "", bool(figure.row))


def _list(figures: list[Figure]) -> Table:
    rows = ((one.name, wording.value(one), wording.interval(one), _of(one)) for one in figures)
    return Table("", ("", "figure", "95 % interval", "of"), tuple(rows))


def _grid(title: str, figures: list[Figure]) -> Table:
    names = list(dict.fromkeys(figure.name for figure in figures))
    places = {(figure.row, figure.name): figure for figure in figures}
    rows = []
    for row in dict.fromkeys(figure.row for figure in figures):
        cells = [places.get((row, name)) for name in names]
        most = max(one.total for one in cells if one)
        rows.append((row.rpartition(_TITLE_ENDS)[2], *map(_cell, cells), f"{most:,}"))
    return Table(title, ("", *names, "of"), tuple(rows))


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ABSENT
    interval = wording.interval(figure, unit=False)
    return f"{wording.value(figure)} ({interval})" if interval else wording.value(figure)


def _of(figure: Figure) -> str:
    return f"{figure.total:,}" if wording.interval(figure) else ""
