from __future__ import annotations

from trainer.figures.figure import SHARE, Figure, count, share
from trainer.figures.layout import tables
from trainer.figures.page import render_page
from trainer.figures.sections import Section

ALONE = [share("MNIST", 9, 10), count("parameters", 7_850, "")]
GRID = [
    Figure("accuracy", 0.5, 0.5, 0.5, 20, SHARE, "drawings · moved"),
    Figure("same answer", 1.0, 0.9, 1.0, 20, SHARE, "drawings · moved"),
    Figure("accuracy", 0.25, 0.25, 0.25, 20, SHARE, "drawings · turned"),
    Figure("accuracy", 0.75, 0.75, 0.75, 8, SHARE, "images · turned"),
]


def test_figures_by_themselves_are_listed_and_the_others_make_tables() -> None:
    alone, drawings, images = tables([*ALONE, *GRID])

    assert alone.headings == ("", "figure", "95 % interval", "of")
    assert alone.rows[1] == ("parameters", "7,850", "", "")
    assert (drawings.title, images.title) == ("drawings", "images")
    assert drawings.headings == ("", "accuracy", "same answer", "of")
    assert drawings.rows == (
        ("moved", "50.00 %", "100.00 % (90.00–100.00)", "20"),
        ("turned", "25.00 %", "–", "20"),
    )
    assert images.rows == (("turned", "75.00 %", "8"),)


def test_the_page_holds_facts_sections_and_tables() -> None:
    section = Section("robustness", "What changes cost.", lambda run, data: [])

    page = render_page({"run": "`whole`", "date": "2026-11-21"}, [(section, [*ALONE, *GRID])])

    lines = page.splitlines()
    assert lines[0] == "# Figures"
    assert "- run: `whole`" in lines
    assert lines[lines.index("## Robustness") + 2] == "What changes cost."
    assert "### Drawings" in lines
    assert "| turned | 25.00 % | – | 20 |" in lines
    assert "| --- | ---: | ---: | ---: |" in lines


def test_a_name_cannot_break_a_table() -> None:
    section = Section("photos", "", lambda run, data: [])

    page = render_page({}, [(section, [share("white | black", 1, 2)])])

    assert "| white \\| black | 50.00 % |" in page
