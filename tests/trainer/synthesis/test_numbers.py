"""Numbers are made of one writer's real digits, side by side as their layout says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from trainer.data.collection import Data
from trainer.data.stroke_files import LabelledDrawing
from trainer.synthesis.numbers import Layout, Points, WrittenNumber, write_numbers

STEADY = Layout(digits=(4, 4), rise=0.0, size=0.0)


def boxes(number: WrittenNumber) -> Points:
    """(digits, 2, 2): of each digit its lower and its higher corner."""
    digits = [np.concatenate([number.strokes[i] for i in group]) for group in number.groups]
    return np.array([[points.min(axis=0), points.max(axis=0)] for points in digits])


def heights(number: WrittenNumber) -> float:
    sizes = [np.ptp(np.concatenate(drawing.strokes), axis=0) for drawing in number.drawings]
    return float(np.median([max(height, width / 2) for width, height in sizes]))


def test_a_number_holds_the_digits_of_one_writer(data: Data) -> None:
    for number in write_numbers(data.drawings, Layout(), 40, 1):
        assert len({(one.source, one.writer) for one in number.drawings}) == 1
        assert number.text == "".join(str(one.label) for one in number.drawings)
        assert 2 <= len(number.text) <= 6
        assert sorted(i for group in number.groups for i in group) == list(
            range(len(number.strokes))
        )


def test_each_digit_keeps_its_shape_and_size(data: Data) -> None:
    for number in write_numbers(data.drawings, STEADY, 10, 1):
        for drawing, group in zip(number.drawings, number.groups, strict=True):
            for stroke, place in zip(drawing.strokes, group, strict=True):
                written = number.strokes[place]
                np.testing.assert_allclose(written - written[0], stroke - stroke[0], atol=1e-9)


@pytest.mark.parametrize("gap", [(0.1, 0.4), (-0.2, 0.0)])
def test_gaps_are_shares_of_the_digits_height(data: Data, gap: tuple[float, float]) -> None:
    layout = Layout(digits=(4, 4), gap=gap, rise=0.0, size=0.0)

    for number in write_numbers(data.drawings, layout, 20, 1):
        corners = boxes(number)
        gaps = (corners[1:, 0, 0] - corners[:-1, 1, 0]) / heights(number)
        assert (gaps >= gap[0] - 1e-9).all()
        assert (gaps <= gap[1] + 1e-9).all()


def test_digits_stand_on_their_line(data: Data) -> None:
    level, sloping = (
        write_numbers(data.drawings, Layout(digits=(4, 4), rise=0.0, slope=slope), 10, 1)
        for slope in (0.0, 20.0)
    )

    for number in level:
        np.testing.assert_allclose(boxes(number)[:, 1, 1], 0, atol=1e-9)
    for number in sloping:
        feet = boxes(number)[:, 1, 1]
        steps = np.diff(feet) / np.diff(boxes(number)[:, 0, 0])
        np.testing.assert_allclose(steps, steps[0])
        assert abs(steps[0]) <= np.tan(np.deg2rad(20))


def test_lines_stand_below_each_other_and_share_the_digits(data: Data) -> None:
    for number in write_numbers(data.drawings, Layout(digits=(5, 5), lines=2), 10, 1):
        corners = boxes(number)
        assert corners[:3, 1, 1].max() < corners[3:, 0, 1].min()
        assert corners[3, 0, 0] == pytest.approx(0)


def test_second_strokes_may_be_drawn_after_all_first_ones(data: Data) -> None:
    fours = [one for one in data.drawings if one.label == 4]
    layout = Layout(digits=(3, 3), crosses_last=True)

    (number,) = write_numbers(fours, layout, 1, 1)

    assert number.groups == ((0, 3), (1, 4), (2, 5))


def test_digits_of_two_scales_are_not_mixed(data: Data) -> None:
    small = [one for one in data.drawings if one.writer == data.drawings[0].writer]
    large = [
        LabelledDrawing(one.label, one.source, one.writer, tuple(s * 70 for s in one.strokes))
        for one in small
    ]

    for number in write_numbers([*small, *large], STEADY, 20, 1):
        sizes = np.ptp(boxes(number), axis=1).max(axis=1)
        assert sizes.max() / sizes.min() < 5


def test_a_seed_makes_the_same_numbers_again(data: Data) -> None:
    def texts(numbers: Sequence[WrittenNumber]) -> list[str]:
        return [number.text for number in numbers]

    first, again, other = (write_numbers(data.drawings, Layout(), 10, s) for s in (1, 1, 2))

    assert texts(first) == texts(again) != texts(other)
    np.testing.assert_array_equal(first[0].strokes[0], again[0].strokes[0])
