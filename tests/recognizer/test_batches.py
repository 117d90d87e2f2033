"""Several drawings in one text: each as it is alone, all within the limits of one."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from recognizer.batches import parse_drawings
from recognizer.errors import DrawingError, JsonError, TooManyBytesError
from recognizer.limits import MAX_BATCH_DRAWINGS, MAX_DRAWING_BYTES, MAX_POINTS, MAX_STROKES

DOT = {"x": [1], "y": [2]}


def test_every_drawing_is_read_with_its_own_mode() -> None:
    rows = [{"strokes": [DOT], "mode": "number"}, {"strokes": []}, {"strokes": [DOT, DOT]}]

    drawings = parse_drawings(json.dumps({"drawings": rows}))

    assert [len(drawing.strokes) for drawing in drawings] == [1, 0, 2]
    assert [drawing.mode for drawing in drawings] == ["number", "auto", "auto"]
    np.testing.assert_array_equal(drawings[0].strokes[0].points, [[1, 2]])


def test_no_drawings_are_a_batch() -> None:
    assert parse_drawings('{"drawings": []}') == []


@pytest.mark.parametrize(
    ("document", "field", "reason"),
    [
        ([], "$", "not_an_object"),
        ({}, "drawings", "missing"),
        ({"drawings": {}}, "drawings", "not_a_list"),
        ({"drawings": [], "images": []}, "images", "not_a_boolean"),
        ({"drawings": [{"strokes": [], "images": 1}]}, "drawings[0].images", "not_a_boolean"),
        ({"drawings": [3]}, "drawings[0]", "not_an_object"),
        ({"drawings": [{"strokes": []}, {}]}, "drawings[1].strokes", "missing"),
        (
            {"drawings": [{"strokes": [DOT]}, {"strokes": [DOT, {"x": ["a"], "y": [1]}]}]},
            "drawings[1].strokes[1].x",
            "not_a_number",
        ),
        ({"drawings": [{"strokes": [], "mode": "x"}]}, "drawings[0].mode", "unknown_mode"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(document: Any, field: str, reason: str) -> None:
    with pytest.raises(DrawingError) as caught:
        parse_drawings(json.dumps(document))

    assert (caught.value.field, caught.value.reason) == (field, reason)


@pytest.mark.parametrize(
    ("drawings", "reason", "limit"),
    [
        ([{"strokes": []}] * (MAX_BATCH_DRAWINGS + 1), "too_many_drawings", MAX_BATCH_DRAWINGS),
        ([{"strokes": [DOT] * (MAX_STROKES // 2 + 1)}] * 2, "too_many_strokes", MAX_STROKES),
        (
            [{"strokes": [{key: [0] * (MAX_POINTS // 2 + 1) for key in "xy"}]}] * 2,
            "too_many_points",
            MAX_POINTS,
        ),
    ],
)
def test_the_limits_hold_for_all_drawings_together(
    drawings: list[Any], reason: str, limit: int
) -> None:
    with pytest.raises(DrawingError) as caught:
        parse_drawings(json.dumps({"drawings": drawings}))

    assert (caught.value.field, caught.value.reason) == ("drawings", reason)
    assert caught.value.parameters["limit"] == limit


def test_a_full_batch_is_taken() -> None:
    row = {"strokes": [DOT] * (MAX_STROKES // MAX_BATCH_DRAWINGS)}

    assert (
        len(parse_drawings(json.dumps({"drawings": [row] * MAX_BATCH_DRAWINGS})))
        == MAX_BATCH_DRAWINGS
    )


def test_a_text_that_is_no_json_or_too_long_is_refused() -> None:
    with pytest.raises(JsonError):
        parse_drawings("{")
    with pytest.raises(TooManyBytesError):
        parse_drawings(" " * (MAX_DRAWING_BYTES + 1))
