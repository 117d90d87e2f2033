"""The bodies of requests are drawings that the recogniser takes."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.serving.drawings import Question, as_batches, as_bodies, made_up, with_points
from recognizer.batches import parse_drawings
from recognizer.strokes import parse_drawing

SEVEN = Question({"strokes": [{"x": [0, 60, 25], "y": [0, 0, 100]}]}, "7")
FOUR = Question({"strokes": [{"x": [3, 0, 6], "y": [0, 6, 6]}, {"x": [4, 4], "y": [3, 9]}]}, "4")


def test_each_question_is_one_request() -> None:
    drawings = [parse_drawing(body) for body in as_bodies([SEVEN, FOUR])]

    assert [len(drawing.strokes) for drawing in drawings] == [1, 2]


def test_without_data_sets_drawings_are_made_up() -> None:
    questions = made_up(4)

    assert [question.digit for question in questions] == ["7", "4", "7", "4"]
    assert len(set(as_bodies(questions))) == 4
    assert [parse_drawing(body).images for body in as_bodies(questions, images=False)] == [
        False
    ] * 4


def test_a_batch_is_always_full() -> None:
    batches = as_batches([SEVEN, FOUR, SEVEN, FOUR, SEVEN], 2)

    assert [len(parse_drawings(batch)) for batch in batches] == [2, 2]


@pytest.mark.parametrize("points", [10, 20_000])
def test_a_path_keeps_its_shape_whatever_its_number_of_points(points: int) -> None:
    (stroke,) = parse_drawing(with_points(SEVEN, points)).strokes

    assert len(stroke.points) == points
    np.testing.assert_array_equal(stroke.points[0], [0, 0])
    np.testing.assert_array_equal(stroke.points[-1], [25, 100])
