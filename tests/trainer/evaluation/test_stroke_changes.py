from __future__ import annotations

import numpy as np
import pytest

from recognizer.geometry import draw
from trainer.data.collection import Data
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.stroke_changes import (
    STROKE_CHANGES,
    UNDONE,
    StrokeChange,
    all_backwards,
    change_drawing,
    denser,
    every,
    last_first,
    moved,
    on_grid,
    resized,
    shaken,
    shuffled,
    strokes_backwards,
    turned,
)

LINE = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 20.0], [0.0, 20.0]])
BAR = np.array([[2.0, 5.0], [8.0, 5.0]])
ALL = [change for kind in STROKE_CHANGES.values() for change in kind.values()]


def test_thinned_out_strokes_keep_their_ends() -> None:
    np.testing.assert_array_equal(every(2)([LINE])[0], LINE[[0, 2, 3]])
    np.testing.assert_array_equal(every(8)([LINE])[0], LINE[[0, 3]])
    np.testing.assert_array_equal(every(8)([LINE[:1]])[0], LINE[:1])


def test_points_in_between_lie_on_the_line() -> None:
    (points,) = denser(5)([LINE])

    assert len(points) == 16
    np.testing.assert_allclose(points[::5], LINE)
    np.testing.assert_allclose(points[1], [2, 0])
    np.testing.assert_array_equal(denser(5)([LINE[:1]])[0], LINE[:1])


def test_drawings_are_moved_and_resized_as_a_whole() -> None:
    np.testing.assert_array_equal(moved(3, -1)([LINE, BAR])[1], [[5, 4], [11, 4]])
    np.testing.assert_array_equal(resized(0.5)([LINE, BAR])[1], [[1, 2.5], [4, 2.5]])


def test_turning_is_clockwise_on_the_screen() -> None:
    np.testing.assert_allclose(turned(90)([np.array([[1.0, 0.0]])])[0], [[0, 1]], atol=1e-9)


def test_on_a_grid_all_strokes_have_whole_numbers_of_one_scale() -> None:
    line, bar = on_grid(10)([LINE, BAR])

    np.testing.assert_array_equal(line, [[0, 0], [5, 0], [5, 10], [0, 10]])
    np.testing.assert_array_equal(bar, [[1, 2], [4, 2]])
    np.testing.assert_array_equal(on_grid(10)([LINE[:1]])[0], LINE[:1])


def test_a_shaking_hand_is_as_strong_as_it_says_and_the_same_every_time() -> None:
    many = np.repeat(LINE, 500, axis=0)

    change = shaken(0.02)([many])[0] - many

    assert change.std() == pytest.approx(0.02 * 20, rel=0.05)
    np.testing.assert_array_equal(shaken(0.02)([many])[0] - many, change)


def test_strokes_may_come_backwards_and_in_another_order() -> None:
    first, second = strokes_backwards([LINE, BAR])
    np.testing.assert_array_equal(first, LINE[::-1])
    np.testing.assert_array_equal(second, BAR[::-1])

    assert [len(stroke) for stroke in last_first([LINE, BAR])] == [2, 4]
    np.testing.assert_array_equal(all_backwards([LINE, BAR])[1], LINE[::-1])


def test_shuffled_strokes_are_the_same_strokes() -> None:
    strokes = [LINE + shift for shift in range(6)]

    changed = shuffled(strokes)

    assert sorted(stroke[:, 0].min() for stroke in changed) == [0, 1, 2, 3, 4, 5]
    starts = {tuple(stroke[0]) for stroke in changed}
    assert starts & {tuple(stroke[0]) for stroke in strokes}
    assert starts & {tuple(stroke[-1]) for stroke in strokes}
    assert [tuple(stroke[0]) for stroke in changed] != [tuple(stroke[0]) for stroke in strokes]


@pytest.mark.parametrize(
    "change", [change for kind in UNDONE for change in STROKE_CHANGES[kind].values()]
)
def test_place_size_and_sampling_leave_the_picture_nearly_the_same(
    data: Data, change: StrokeChange
) -> None:
    drawing = data.drawings[40]

    changed = change_drawing(drawing, change)

    difference = draw(changed.strokes).astype(int) - draw(drawing.strokes)
    assert np.abs(difference).mean() < 2  # of 255


@pytest.mark.parametrize("place", [0.0, 1e12])
@pytest.mark.parametrize("change", ALL)
def test_no_change_fails_on_a_dot_or_spoils_the_original(
    change: StrokeChange, place: float
) -> None:
    dot, line = LINE[:1] + place, LINE.copy()

    (changed,) = change([dot])
    change([line, dot])

    assert changed.shape == (1, 2)
    assert np.isfinite(changed).all()
    np.testing.assert_array_equal(dot, LINE[:1] + place)
    np.testing.assert_array_equal(line, LINE)


def test_strokes_without_points_are_left_out() -> None:
    drawing = LabelledDrawing(4, "here", "Ann", (LINE, np.zeros((0, 2))))

    changed = change_drawing(drawing, every(2))

    assert len(changed.strokes) == 1
    assert (changed.label, changed.source, changed.writer) == (4, "here", "Ann")
