"""Digits are read line by line, whatever the lines' slope."""

from __future__ import annotations

import numpy as np
import pytest

from recognizer.boxes import Boxes
from recognizer.numbers.order import reading_order


def boxes(*corners: tuple[float, float, float, float]) -> Boxes:
    """Of x, y, width and height."""
    rows = np.array(corners, float)
    return Boxes(rows[:, :2], rows[:, :2] + rows[:, 2:])


@pytest.mark.parametrize("slope", [-0.5, -0.2, 0.0, 0.2, 0.5])
def test_two_sloping_lines_are_read_one_after_the_other(slope: float) -> None:
    line = [(x, slope * x, 6.0, 10.0) for x in (0.0, 9.0, 18.0, 27.0)]
    below = [(x, y + 20, width, height) for x, y, width, height in line[:2]]

    order = reading_order(boxes(*below, *line))

    assert order == [2, 3, 4, 5, 0, 1]


def test_a_short_line_below_the_end_of_a_falling_one_comes_second() -> None:
    order = reading_order(boxes((0, 0, 6, 10), (9, 3, 6, 10), (18, 6, 6, 10), (0, 22, 6, 10)))

    assert order == [0, 1, 2, 3]


def test_a_minus_and_a_comma_stand_in_the_line() -> None:
    order = reading_order(boxes((20, 0, 6, 10), (0, 5, 6, 0), (28, 8, 1, 4), (10, 0, 6, 10)))

    assert order == [1, 3, 0, 2]


def test_dots_have_an_order() -> None:
    assert reading_order(boxes((5, 0, 0, 0), (0, 0, 0, 0))) == [1, 0]
