from __future__ import annotations

import numpy as np
import pytest

from recognizer.geometry import draw
from trainer.data.collection import Data
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.stroke_changes import (
    STROKE_CHANGES,
    StrokeChange,
    change_drawing,
    denser,
    every,
    turned,
)

LINE = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 20.0], [0.0, 20.0]])
UNDONE = ("moved", "resized", "more points")  # by the geometry


def test_thinned_out_strokes_keep_their_ends() -> None:
    np.testing.assert_array_equal(every(2)(LINE), LINE[[0, 2, 3]])
    np.testing.assert_array_equal(every(8)(LINE), LINE[[0, 3]])
    np.testing.assert_array_equal(every(8)(LINE[:1]), LINE[:1])


def test_points_in_between_lie_on_the_line() -> None:
    points = denser(LINE)

    assert len(points) == 16
    np.testing.assert_allclose(points[::5], LINE)
    np.testing.assert_allclose(points[1], [2, 0])
    np.testing.assert_array_equal(denser(LINE[:1]), LINE[:1])


def test_turning_is_clockwise_on_the_screen() -> None:
    np.testing.assert_allclose(turned(90)(np.array([[1.0, 0.0]])), [[0, 1]], atol=1e-9)


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


def test_strokes_without_points_are_left_out() -> None:
    drawing = LabelledDrawing(4, "here", "Ann", (LINE, np.zeros((0, 2))))

    changed = change_drawing(drawing, every(2))

    assert len(changed.strokes) == 1
    assert (changed.label, changed.source, changed.writer) == (4, "here", "Ann")
