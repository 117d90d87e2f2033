"""The contract's JSON is read as it says, and whatever breaks a rule is named with its field."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.errors import REASONS, DrawingError, JsonError, TooManyBytesError
from recognizer.geometry import draw
from recognizer.limits import MAX_DRAWING_BYTES, MAX_POINTS, MAX_STROKES
from recognizer.strokes import parse_drawing, read_drawing

LINE = {"x": [0, 10], "y": [5, 5.5]}


def with_stroke(**columns: Any) -> dict[str, Any]:
    """A drawing whose third stroke has other columns than its first two; None removes one."""
    stroke = {key: value for key, value in {**LINE, **columns}.items() if value is not None}
    return {"strokes": [LINE, LINE, stroke]}


def points(number: int) -> dict[str, Any]:
    return {"x": [0] * number, "y": [0] * number}


def test_columns_become_points_times_and_pressures() -> None:
    text = (
        '{"strokes": [{"x": [1, 2.5], "y": [-3, 4], "t": [0, 16], "p": [0, 1]}], "mode": "digit"}'
    )

    drawing = parse_drawing(text)

    (stroke,) = drawing.strokes
    assert drawing.mode == "digit"
    np.testing.assert_array_equal(stroke.points, [[1, -3], [2.5, 4]])
    np.testing.assert_array_equal(stroke.times, [0, 16])
    np.testing.assert_array_equal(stroke.pressures, [0, 1])
    assert stroke.points.dtype == np.float64


@pytest.mark.parametrize("absent", [{}, {"t": None, "p": None}])
def test_times_pressures_and_mode_may_be_absent_or_null(absent: dict[str, None]) -> None:
    drawing = read_drawing({"strokes": [{**LINE, **absent}], "mode": None})

    assert drawing.mode == "auto"
    assert drawing.strokes[0].times is None
    assert drawing.strokes[0].pressures is None


@pytest.mark.parametrize("mode", ["auto", "digit", "number"])
def test_every_mode_of_the_contract_is_taken(mode: str) -> None:
    assert read_drawing({"strokes": [], "mode": mode}).mode == mode


def test_text_bytes_and_a_byte_order_mark_are_read_alike() -> None:
    text = json.dumps(with_stroke())

    drawings = [
        parse_drawing(form) for form in (text, text.encode(), b"\xef\xbb\xbf" + text.encode())
    ]

    for drawing in drawings:
        np.testing.assert_array_equal(drawing.strokes[2].points, [[0, 5], [10, 5.5]])


def test_strokes_without_points_are_kept_so_that_indices_stay() -> None:
    drawing = read_drawing({"strokes": [points(0), LINE]})

    assert [len(stroke.points) for stroke in drawing.strokes] == [0, 2]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" ",
        b"\xff\xfe",
        b"{",
        b"strokes",
        b'{"strokes": []} {}',
        b'{"strokes": [],}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\x00",
        '{"strokes": "\ud800"}',
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_not_json_is_called_so(text: bytes | str) -> None:
    with pytest.raises(JsonError):
        parse_drawing(text)


@pytest.mark.parametrize(
    ("document", "field", "reason"),
    [
        (None, "$", "not_an_object"),
        ([], "$", "not_an_object"),
        ("strokes", "$", "not_an_object"),
        (7, "$", "not_an_object"),
        ({}, "strokes", "missing"),
        ({"strokes": None}, "strokes", "not_a_list"),
        ({"strokes": [], "images": "false"}, "images", "not_a_boolean"),
        ({"strokes": [], "images": 0}, "images", "not_a_boolean"),
        ({"strokes": {}}, "strokes", "not_a_list"),
        ({"strokes": "[]"}, "strokes", "not_a_list"),
        ({"strokes": [[[0, 0], [1, 1]]]}, "strokes[0]", "not_an_object"),
        ({"strokes": [LINE, None]}, "strokes[1]", "not_an_object"),
        (with_stroke(x=None), "strokes[2].x", "missing"),
        (with_stroke(y=None), "strokes[2].y", "missing"),
        (with_stroke(x=3), "strokes[2].x", "not_a_list"),
        (with_stroke(y="12"), "strokes[2].y", "not_a_list"),
        (with_stroke(t={}), "strokes[2].t", "not_a_list"),
        (with_stroke(p=0.5), "strokes[2].p", "not_a_list"),
        (with_stroke(x=[1]), "strokes[2].y", "unequal_lengths"),
        (with_stroke(y=[1, 2, 3]), "strokes[2].y", "unequal_lengths"),
        (with_stroke(t=[]), "strokes[2].t", "unequal_lengths"),
        (with_stroke(p=[1]), "strokes[2].p", "unequal_lengths"),
        (with_stroke(x=[0, None]), "strokes[2].x", "not_a_number"),
        (with_stroke(y=[0, "1"]), "strokes[2].y", "not_a_number"),
        (with_stroke(y=[0, [1]]), "strokes[2].y", "not_a_number"),
        (with_stroke(x=[0, True]), "strokes[2].x", "not_a_number"),
        (with_stroke(t=[False, 1]), "strokes[2].t", "not_a_number"),
        (with_stroke(x=[0, float("nan")]), "strokes[2].x", "not_finite"),
        (with_stroke(y=[float("inf"), 0]), "strokes[2].y", "not_finite"),
        (with_stroke(t=[0, float("-inf")]), "strokes[2].t", "not_finite"),
        (with_stroke(x=[0, 10**400]), "strokes[2].x", "not_finite"),
        (with_stroke(y=[0, -(10**400)]), "strokes[2].y", "not_finite"),
        (with_stroke(x=[0, 1.1e300]), "strokes[2].x", "out_of_bounds"),
        (with_stroke(y=[-1.7e308, 0]), "strokes[2].y", "out_of_bounds"),
        (with_stroke(p=[0, 1.01]), "strokes[2].p", "out_of_bounds"),
        (with_stroke(p=[-0.01, 1]), "strokes[2].p", "out_of_bounds"),
        ({"strokes": [], "mode": "digits"}, "mode", "unknown_mode"),
        ({"strokes": [], "mode": ""}, "mode", "unknown_mode"),
        ({"strokes": [], "mode": []}, "mode", "unknown_mode"),
        ({"strokes": [], "mode": 1}, "mode", "unknown_mode"),
    ],
)
def test_a_broken_rule_is_named_with_its_field(document: object, field: str, reason: str) -> None:
    with pytest.raises(DrawingError) as caught:
        read_drawing(document)

    assert (caught.value.field, caught.value.reason) == (field, reason)
    assert str(caught.value) == f"{field} {REASONS[reason] % caught.value.parameters}"


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("NaN", "not_finite"),
        ("1e999", "not_finite"),
        ("1" + "0" * 400, "not_finite"),
        ("9" * 5000, "not_finite"),
        ("true", "not_a_number"),
        ("null", "not_a_number"),
    ],
)
def test_numbers_that_are_none_are_named_when_they_come_as_text(number: str, reason: str) -> None:
    with pytest.raises(DrawingError) as caught:
        parse_drawing(f'{{"strokes": [{{"x": [0, {number}], "y": [0, 0]}}]}}')

    assert (caught.value.field, caught.value.reason) == ("strokes[0].x", reason)
    assert caught.value.parameters["index"] == 1


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_a_sentence(reason: str) -> None:
    assert REASONS[reason].endswith(".")


def test_256_strokes_are_taken_and_257_are_not() -> None:
    assert len(read_drawing({"strokes": [LINE] * MAX_STROKES}).strokes) == 256

    with pytest.raises(DrawingError, match="at most 256 strokes, but holds 257") as caught:
        read_drawing({"strokes": [LINE] * 257})
    assert caught.value.field == "strokes"


@pytest.mark.parametrize("split", [[20_000], [19_999, 1], [0, 5_000, 15_000]])
def test_20_000_points_are_taken_and_one_more_is_not(split: list[int]) -> None:
    strokes = [points(number) for number in split]

    drawing = read_drawing({"strokes": strokes})

    assert sum(len(stroke.points) for stroke in drawing.strokes) == MAX_POINTS == 20_000
    with pytest.raises(DrawingError, match="at most 20000 points in all, but holds 20001"):
        read_drawing({"strokes": [*strokes, points(1)]})


def test_a_mebibyte_of_text_is_taken_and_one_byte_more_is_not() -> None:
    text = json.dumps(with_stroke()).encode()
    padded = text + b" " * (MAX_DRAWING_BYTES - len(text))

    assert len(parse_drawing(padded).strokes) == 3
    assert len(padded) == 1 << 20
    with pytest.raises(TooManyBytesError):
        parse_drawing(padded + b" ")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["strokes", "mode", "x", "y", "t", "p"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)
numbers = st.integers(-(10**320), 10**320) | st.floats() | json_values
almost_drawings = st.fixed_dictionaries(
    {"strokes": st.lists(st.dictionaries(st.sampled_from("xytp"), st.lists(numbers, max_size=3)))}
)


@given(json_values | almost_drawings)
def test_any_json_is_a_drawing_that_can_be_drawn_or_a_drawing_error(document: object) -> None:
    try:
        drawing = read_drawing(document)
    except DrawingError:
        return

    paths = [stroke.points for stroke in drawing.strokes]
    assert all(np.isfinite(path).all() for path in paths)
    if any(len(path) for path in paths):
        assert draw(paths).max() > 0


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_text_is_a_drawing_or_an_error_of_the_recogniser(text: bytes | str) -> None:
    with contextlib.suppress(JsonError, DrawingError):
        parse_drawing(text)


coordinates = st.floats(-1e300, 1e300)


@given(st.lists(st.lists(st.tuples(coordinates, coordinates), max_size=5), max_size=5))
def test_what_is_written_is_what_is_read(strokes: list[list[tuple[float, float]]]) -> None:
    columns = [{"x": [x for x, _ in path], "y": [y for _, y in path]} for path in strokes]

    drawing = parse_drawing(json.dumps({"strokes": columns}))

    read = [[tuple(point) for point in stroke.points.tolist()] for stroke in drawing.strokes]
    assert read == strokes
