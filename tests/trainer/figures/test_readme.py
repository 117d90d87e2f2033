from __future__ import annotations

import pytest

from trainer.figures.figure import SHARE, Figure, share
from trainer.figures.readme import BEGIN, END, MarkersError, put_table
from trainer.figures.sections import Section

FIGURES = [
    share("MNIST", 9, 10),
    share("drawings", 8, 10),
    Figure("same answer", 1.0, 1.0, 1.0, 20, SHARE, "drawings · moved"),
]
README = f"# Net\n\n{BEGIN}\nold\n{END}\nthe rest\n"


def _section(*headlines: tuple[str, str]) -> Section:
    return Section("accuracy", "", lambda run, data: [], headlines)


def test_the_table_stands_between_the_comments_and_the_rest_stays() -> None:
    text = put_table(README, [(_section(), FIGURES)])

    assert text.startswith(f"# Net\n\n{BEGIN}\n|  | figure | 95 % interval |\n")
    assert text.endswith(f"{END}\nthe rest\n")
    assert "| MNIST | 90.00 % |" in text
    assert "old" not in text
    assert put_table(text, [(_section(), FIGURES)]) == text


def test_a_section_chooses_its_headlines() -> None:
    section = _section(("drawings · moved", "same answer"), ("", "drawings"), ("", "gone"))

    text = put_table(README, [(section, FIGURES)])

    rows = [line for line in text.splitlines() if "0 % |" in line]
    assert rows == [
        "| drawings, moved: same answer | 100.00 % |  |",
        "| drawings | 80.00 % | 49.02–94.33 % |",
    ]


@pytest.mark.parametrize("text", ["", f"{BEGIN}\n", f"{END}\n{BEGIN}\n"])
def test_a_readme_without_a_place_for_it_is_left_alone(text: str) -> None:
    with pytest.raises(MarkersError, match="goes between"):
        put_table(text, [(_section(), FIGURES)])
