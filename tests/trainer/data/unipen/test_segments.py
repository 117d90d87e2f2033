"""Segments come with their own strokes, whatever the file looks like."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.unipen.writing import random_rows, segments_then_pen_data
from trainer.data.rows import Row
from trainer.data.stroke_files import read_rows
from trainer.data.unipen.segments import Segment, read_segments

HEAD = ".VERSION 1.0\n.COORD X Y\n.HIERARCHY WORD CHARACTER\n.X_DIM 500\n"
PEN_DATA = """\
.WRITER_ID anna
.START_BOX
.PEN_DOWN
10 20
11 21
.PEN_UP
.PEN_DOWN
.PEN_UP
.DT 5
.PEN_DOWN
30 40 31 41
32 42
.PEN_UP
33 43
.WRITER_ID  bert
.PEN_DOWN
50 60
.PEN_UP
"""
SEGMENTS = """\
.SEGMENT WORD 0-3 OK "never"
.SEGMENT CHARACTER 0 OK "1"
.SEGMENT CHARACTER 0,3 BAD "2"
.SEGMENT CHARACTER 1:1-1:2 ? "3"
.SEGMENT CHARACTER 0:1-1:0  "4"
"""


def read(tmp_path: Path, text: str, problems: list[str] | None = None) -> list[Segment]:
    path = tmp_path / "a.dat"
    path.write_text(text, "latin-1")
    collect = (lambda sentence: None) if problems is None else problems.append
    return list(read_segments(path, on_problem=collect))


def points(segment: Segment) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in segment.strokes]


@pytest.mark.parametrize("text", [HEAD + PEN_DATA + SEGMENTS, HEAD + SEGMENTS + PEN_DATA])
def test_segments_may_stand_before_and_after_the_pen_data(tmp_path: Path, text: str) -> None:
    segments = read(tmp_path, text)

    assert [(one.label, one.quality, one.writer) for one in segments] == [
        ("1", "OK", "anna"), ("2", "BAD", "anna"), ("3", "?", "anna"), ("4", "", "anna"),
    ]  # fmt: skip


def test_y_grows_downwards(tmp_path: Path) -> None:
    assert points(read(tmp_path, HEAD + PEN_DATA + SEGMENTS)[0]) == [[[10, -20], [11, -21]]]


def test_components_without_a_point_have_no_number_and_those_with_the_pen_up_give_no_stroke(
    tmp_path: Path,
) -> None:
    # 0 is the first, 1 the one of three points, 2 has the pen up, 3 is the last.
    _, two, *_ = read(tmp_path, HEAD + PEN_DATA + SEGMENTS)
    (across,) = read(tmp_path, HEAD + PEN_DATA + '.SEGMENT CHARACTER 1-3 OK "5"')

    assert points(two) == [[[10, -20], [11, -21]], [[50, -60]]]
    assert points(across) == [[[30, -40], [31, -41], [32, -42]], [[50, -60]]]


def test_ranges_of_points_include_both_ends(tmp_path: Path) -> None:
    *_, three, four = read(tmp_path, HEAD + PEN_DATA + SEGMENTS)

    assert points(three) == [[[31, -41], [32, -42]]]
    assert points(four) == [[[11, -21]], [[30, -40]]]


def test_the_writer_is_the_one_of_the_first_component(tmp_path: Path) -> None:
    (last,) = read(tmp_path, HEAD + PEN_DATA + '.SEGMENT CHARACTER 3 OK "6"')

    assert last.writer == "bert"


@pytest.mark.parametrize(
    ("columns", "numbers"),
    [
        ("X Y", "1 2 3 4"),
        ("Y X", "2 1 4 3"),
        ("X Y T P", "1 2 0 0.5 3 4 10 0.5"),
        ("T Z Y X", "0 9 2 1 10 9 4 3"),
        ("x y", "1.0 2e0 +3 4."),
    ],
)
def test_columns_stand_in_the_order_that_coord_tells(
    tmp_path: Path, columns: str, numbers: str
) -> None:
    text = f'.COORD {columns}\n.PEN_DOWN\n{numbers}\n.SEGMENT DIGIT 0 ? "1"'

    assert points(read(tmp_path, text)[0]) == [[[1, -2], [3, -4]]]


@pytest.mark.parametrize(
    ("written", "label"),
    [(r'"\""', '"'), (r'"\\"', "\\"), (r'"\@"', r"\@"), ('"a b"', "a b"), (r'"a\tb\n"', "a\tb\n")],
)
def test_escapes_in_labels_are_undone(tmp_path: Path, written: str, label: str) -> None:
    text = f".PEN_DOWN\n1 2\n.SEGMENT CHARACTER 0 OK {written} and more"

    assert read(tmp_path, text)[0].label == label


@pytest.mark.parametrize(
    ("segment", "message"),
    [
        ('CHARACTER 9 OK "1"', "component 9 is not there; there are 4"),
        ("CHARACTER 0 OK", "not a labelled segment"),
        ('CHARACTER 0 OK "1', "not a labelled segment"),
        ('CHARACTER ? OK "1"', "not a labelled segment"),
        ('CHARACTER 3-0 OK "1"', "runs backwards"),
        ('CHARACTER 2 OK "1"', "the pen is up"),
        ('CHARACTER 0:7-0:9 OK "1"', "no such points"),
    ],
)
def test_a_segment_that_cannot_be_read_is_named_and_the_others_are_read(
    tmp_path: Path, segment: str, message: str
) -> None:
    problems: list[str] = []

    read_ones = read(tmp_path, f"{HEAD}{PEN_DATA}.SEGMENT {segment}\n{SEGMENTS}", problems)

    assert len(read_ones) == 4
    assert len(problems) == 1
    assert "a.dat:23: " in problems[0]
    assert message in problems[0]


@pytest.mark.parametrize("damage", ["1 2 3", "1 two", "nan 2", "1e999 2"])
def test_damaged_pen_data_spoils_only_what_is_made_of_it(tmp_path: Path, damage: str) -> None:
    problems: list[str] = []
    text = f'.PEN_DOWN\n{damage}\n.PEN_DOWN\n5 6\n.SEGMENT DIGIT 0 ? "1"\n.SEGMENT DIGIT 1 ? "2"'

    assert [one.label for one in read(tmp_path, text, problems)] == ["2"]
    assert len(problems) == 1


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    rows = random_rows(50)

    segments = read(tmp_path, segments_then_pen_data(rows))

    _expect_rows(segments, rows)


@pytest.mark.parametrize("name", ["pendigits-train", "unipen-digits-train", "unipen-lower-train"])
def test_real_rows_come_back_as_they_were_written(
    real_data: Path, tmp_path: Path, name: str
) -> None:
    path = real_data / f"{name}.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"needs {path}")
    rows = [row for _, row in itertools.islice(read_rows(path), 1_000)]

    segments = read(tmp_path, segments_then_pen_data(rows))

    _expect_rows(segments, rows)


def _expect_rows(segments: list[Segment], rows: list[Row]) -> None:
    for segment, row in zip(segments, rows, strict=True):
        assert segment.label == row.label
        assert segment.comment.split()[1] == row.writer.split()[0]
        for stroke, expected in zip(segment.strokes, row.strokes, strict=True):
            np.testing.assert_array_equal(stroke, expected)
