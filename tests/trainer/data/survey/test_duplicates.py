"""Duplicates are exactly equal samples, and those that cross a split come first."""

from __future__ import annotations

import numpy as np

from trainer.data.rows import Row
from trainer.data.survey.duplicates import find_duplicates
from trainer.data.survey.samples import SampleSet, drawing_samples

PATH = np.array([[0, 0], [10, 0], [4, 14]], float)


def drawings(*rows: Row) -> SampleSet:
    return drawing_samples("mine", [(f"mine:{at}", row) for at, row in enumerate(rows)])


def test_the_same_points_in_other_strokes_are_another_drawing() -> None:
    whole = Row("7", "s", "w", (PATH,))
    lifted = Row("7", "s", "w", (PATH[:2], PATH[2:]))
    moved = Row("7", "s", "w", (PATH + 1,))

    assert find_duplicates([drawings(whole, lifted, moved)]) == []


def test_duplicates_under_several_writers_come_first() -> None:
    one, other = Row("7", "s", "a", (PATH,)), Row("1", "s", "a", (PATH[:2],))

    found = find_duplicates([drawings(one, one, other, Row("1", "s", "b", (PATH[:2],)))])

    assert [(duplicate.places, duplicate.crosses) for duplicate in found] == [
        (("mine:2", "mine:3"), True),
        (("mine:0", "mine:1"), False),
    ]


def test_a_drawing_in_two_sets_crosses() -> None:
    row = Row("7", "s", "a", (PATH,))

    (found,) = find_duplicates([drawings(row), SampleSet("other", drawings(row).samples)])

    assert found.crosses
