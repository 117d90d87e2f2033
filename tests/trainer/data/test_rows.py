"""A row is read in either form of strokes, and whatever else stands there is named."""

from __future__ import annotations

import json

import numpy as np
import pytest

from trainer.data.rows import Row, read_row
from trainer.errors import DataError

WHOLE = {"label": "7", "source": "s", "writer": "w", "strokes": [[[1, 2], [3, 4]], [[5, 6]]]}


def test_points_may_be_pairs_or_columns() -> None:
    columns = [{"x": [1, 3], "y": [2, 4]}, {"x": [5], "y": [6], "t": [0], "p": [0.5]}]

    pairs = read_row(json.dumps(WHOLE), "a:1")
    other = read_row(json.dumps({**WHOLE, "strokes": columns}), "a:2")

    for one, same in zip(pairs.strokes, other.strokes, strict=True):
        np.testing.assert_array_equal(one, same)


def test_a_row_that_names_nobody_has_the_name_of_its_file() -> None:
    row = read_row('{"label": 7, "writer": null, "strokes": [[[1, 2]]]}', "a:1", origin="mine")

    assert (row.label, row.source, row.writer) == ("7", "mine", "mine")


def test_a_writer_whose_number_is_0_is_somebody() -> None:
    row = read_row('{"label": 7, "writer": 0, "strokes": [[[1, 2]]]}', "a:1", origin="mine")

    assert row.writer == "0"


def test_a_row_comes_back_as_it_was_written() -> None:
    row = read_row(json.dumps({**WHOLE, "strokes": [[[1, -2.5]], []]}), "a:1")

    written = row.as_json()
    again = read_row(json.dumps(written), "a:1")

    assert written["strokes"] == [[[1, -2.5]], []]
    assert isinstance(again, Row)
    assert [stroke.tolist() for stroke in again.strokes] == [[[1.0, -2.5]], []]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": 7.5}, "the label is 7.5"),
        ({"label": True}, "the label is True"),
        ({"strokes": {"x": [1], "y": [2]}}, "not a list"),
        ({"strokes": [[1, 2]]}, r"list of \[x, y\]"),
        ({"strokes": [[[1, 2, 3]]]}, r"list of \[x, y\]"),
        ({"strokes": [[[1, 2], [3]]]}, "not a labelled drawing"),
        ({"strokes": [[["a", "b"]]]}, "not a labelled drawing"),
        ({"strokes": [{"x": [1, 2], "y": [1]}]}, r"strokes\[0\]\.y must have as many"),
        ({"strokes": [{"x": [1], "y": [2]}, [[1, 2]]]}, r"strokes\[1\] must be an object"),
        ({"strokes": [[[10**400, 1]]]}, "not a labelled drawing"),
        ({"strokes": [[]]}, "no points"),
        ({"strokes": [[[1e308, 0], [-1e308, 1]]]}, "not finite within"),
        ({"source": None}, "'source' is missing"),
        ({"writer": ""}, "'writer' is missing"),
        ({"writer": "\ud800"}, "not a labelled drawing"),
    ],
)
def test_a_row_that_is_no_drawing_is_named(change: dict[str, object], message: str) -> None:
    line = json.dumps({**WHOLE, **change})

    with pytest.raises(DataError, match=rf"^mine\.jsonl:3 .*{message}"):
        read_row(line, "mine.jsonl:3")


@pytest.mark.parametrize("image", [[], {}, 7, None, "", "data:image/png;base64,AAAA"])
def test_a_picture_of_a_row_that_is_none_is_named(image: object) -> None:
    line = json.dumps({"label": "7", "image": image})

    with pytest.raises(DataError, match=r"^mine\.jsonl:3 is not a labelled drawing"):
        read_row(line, "mine.jsonl:3", "mine")


@pytest.mark.parametrize("line", ["[" * 100_000, "7", "null", "{", '{"label": "1"}'])
def test_a_line_that_is_no_row_is_named(line: str) -> None:
    with pytest.raises(DataError, match=r"mine\.jsonl:3 is not a labelled drawing"):
        read_row(line, "mine.jsonl:3")
