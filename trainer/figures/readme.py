"""The README's table of figures: the headlines of each section, between two comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.errors import TrainerError
from trainer.figures import wording
from trainer.figures.figure import Figure
from trainer.figures.layout import Table
from trainer.figures.page import Measured, render_table
from trainer.figures.sections import Section

BEGIN = "<!-- figures: begin (python -m trainer figures --readme README.md) -->"
END = "<!-- figures: end -->"


class MarkersError(TrainerError):
    """A README has not the two comments that the table stands between."""


def put_table(text: str, measured: Measured) -> str:
    """A README's text with the table of these figures.

    Raises:
        MarkersError: one of the comments is missing, or they stand in the wrong order.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise MarkersError(f"the table goes between {BEGIN} and {END}, which are not there")
    return f"{before}{BEGIN}\n{render_table(_table(measured))}{END}{after}"


def _table(measured: Measured) -> Table:
    rows = (
        (_name(one), wording.value(one), wording.interval(one))
        for section, figures in measured
        for one in headlines(section, figures)
    )
    return Table("", ("", "figure", "95 % interval"), tuple(rows))


def headlines(section: Section, figures: Sequence[Figure]) -> Iterator[Figure]:
    """The figures of a section that the README shows."""
    if not section.headlines:
        yield from figures[:1]
    for wanted in section.headlines:
        yield from (figure for figure in figures if (figure.row, figure.name) == wanted)


def _name(figure: Figure) -> str:
    return f"{figure.row}: {figure.name}".replace(" · ", ", ") if figure.row else figure.name
