"""The page of figures in Markdown: when, of which run, on which machine, and the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trainer.figures.figure import Figure
from trainer.figures.layout import Table, tables
from trainer.figures.sections import Section

Measured = Sequence[tuple[Section, Sequence[Figure]]]

_HEAD = """\
# Figures

Written by the command below; do not edit. A figure in brackets is its 95 % interval, and "of" the
samples it comes from. Samples are taken as independent, which drawings by one writer are not: the
intervals of few writers are too narrow. Differences are in percentage points.
"""


def render_page(facts: Mapping[str, str], measured: Measured) -> str:
    """The page.

    Args:
        facts: about this measurement, by name: the command, the run, the machine and so on.
        measured: the sections with their figures.
    """
    return "\n".join([_HEAD, _facts(facts), *(_section(*one) for one in measured)])


def render_table(table: Table) -> str:
    """A table in Markdown, the numbers to the right."""
    lines = [_line(table.headings), _line(["---", *["---:"] * (len(table.headings) - 1)])]
    return "\n".join([*lines, *map(_line, table.rows)]) + "\n"


def _facts(facts: Mapping[str, str]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in facts.items()) + "\n"


def _section(section: Section, figures: Sequence[Figure]) -> str:
    return "\n".join([f"## {section.title}\n", f"{section.text}\n", *_tables(figures)])


def _tables(figures: Sequence[Figure]) -> Iterator[str]:
    for table in tables(figures):
        if table.title:
            yield f"### {table.title.capitalize()}\n"
        yield render_table(table)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
