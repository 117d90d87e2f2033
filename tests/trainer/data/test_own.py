"""Own drawings and pictures are read wherever they lie, and named where they cannot be."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recognizer.geometry import draw
from tests.trainer.conftest import HANDWRITTEN
from trainer.data.own import load_own
from trainer.errors import DataError

ROWS = [
    {"label": "7", "strokes": [{"x": [0, 10, 4], "y": [0, 0, 14]}]},
    {"label": 1, "strokes": [[[5, 0], [5, 14]]], "writer": "mai", "source": "school"},
]


def write_rows(path: Path, rows: list[dict[str, object]]) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def write_pictures(folder: Path) -> Path:
    for digit in (0, 4, 9):
        (folder / str(digit)).mkdir(parents=True)
        for name in ("b.png", "a.JPG"):
            ink = draw([np.array(stroke, float) for stroke in HANDWRITTEN[digit]])
            Image.fromarray(255 - ink).save(folder / str(digit) / name)
        (folder / str(digit) / "notes.txt").write_text("not a picture")
    (folder / "10").mkdir()
    return folder


@pytest.mark.parametrize("name", ["mine.jsonl", "mine.jsonl.gz"])
def test_rows_that_name_nobody_are_by_their_file(tmp_path: Path, name: str) -> None:
    own = load_own(write_rows(tmp_path / name, ROWS))

    assert [(one.label, one.source, one.writer) for one in own.drawings] == [
        (7, "mine", "mine"),
        (1, "school", "mai"),
    ]
    assert own.drawings[0].strokes[0].tolist() == [[0, 0], [10, 0], [4, 14]]
    assert len(own.images) == 0


def test_rows_of_a_file_whose_name_is_in_another_encoding_are_read(tmp_path: Path) -> None:
    own = load_own(write_rows(tmp_path / os.fsdecode(b"caf\xe9.jsonl"), ROWS[:1]))

    assert [one.writer for one in own.drawings] == ["caf?"]


def test_pictures_have_the_label_of_their_folder(tmp_path: Path) -> None:
    own = load_own(write_pictures(tmp_path / "photos"))

    assert own.images.labels.tolist() == [0, 0, 4, 4, 9, 9]
    assert own.images.ink.shape == (6, 28, 28)
    assert own.images.ink.dtype == np.uint8
    assert own.drawings == []


def test_a_folder_may_hold_both(tmp_path: Path) -> None:
    write_pictures(tmp_path)
    write_rows(tmp_path / "a.jsonl", ROWS[:1])
    write_rows(tmp_path / "b.jsonl.gz", ROWS[:1])

    own = load_own(tmp_path)

    assert len(own.images) == 6
    assert [one.writer for one in own.drawings] == ["a", "b"]


@pytest.mark.parametrize("name", ["gone", "empty", "notes.txt", "empty.jsonl"])
def test_where_nothing_is_a_sentence_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("7")
    (tmp_path / "empty.jsonl").write_text("\n")

    with pytest.raises(DataError, match=rf"{name} .*(neither|holds no)|there is no .*{name}"):
        load_own(tmp_path / name)


def test_a_row_or_picture_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "mine.jsonl", [*ROWS, {"label": "x", "strokes": [[[1, 2]]]}])
    (tmp_path / "photos" / "3").mkdir(parents=True)
    (tmp_path / "photos" / "3" / "a.png").write_bytes(b"no picture")

    with pytest.raises(DataError, match=r"mine\.jsonl:3 has the label 'x'"):
        load_own(rows)
    with pytest.raises(DataError, match=r"3/a\.png cannot be read as a picture"):
        load_own(tmp_path / "photos")


def test_what_systems_hide_among_the_files_is_passed_over(tmp_path: Path) -> None:
    write_pictures(tmp_path)
    write_rows(tmp_path / "mine.jsonl", ROWS)
    for name in ("4/._b.png", "4/.DS_Store", "4/Thumbs.db", "4/desktop.ini", "._mine.jsonl"):
        (tmp_path / name).write_bytes(b"\0\5\26\7 Mac OS X")
    for name in ("__MACOSX", "@eaDir", "lost+found", "#recycle"):
        (tmp_path / "4" / name).mkdir()
        (tmp_path / "4" / name / "b.png").write_bytes(b"no picture")
    (tmp_path / "4" / "~$b.png").write_bytes(b"no picture")
    (tmp_path / "folder.jsonl").mkdir()

    own = load_own(tmp_path)

    assert (len(own.images), len(own.drawings)) == (6, 2)
    assert [Path(name).name for name in own.left_out] == ["notes.txt"] * 3


def test_pictures_are_read_by_every_usual_ending_and_in_sub_folders(tmp_path: Path) -> None:
    write_pictures(tmp_path)
    (tmp_path / "4" / "an" / "monday").mkdir(parents=True)
    (tmp_path / "4" / "a.JPG").rename(tmp_path / "4" / "an" / "monday" / "a.jfif")
    (tmp_path / "9" / "a.JPG").rename(tmp_path / "9" / "a.jpe")

    own = load_own(tmp_path)

    assert own.images.labels.tolist() == [0, 0, 4, 4, 9, 9]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["mine.jsonl", "mine.jsonl.gz", "MINE.JSONL", "MINE.JSONL.GZ"])
def test_drawings_are_read_in_the_encodings_of_windows(
    tmp_path: Path, name: str, encoding: str
) -> None:
    text = "".join(json.dumps(row) + "\r\n" for row in ROWS).encode(encoding)
    path = tmp_path / name
    path.write_bytes(gzip.compress(text) if path.suffix.lower() == ".gz" else text)

    assert [one.label for one in load_own(path).drawings] == [7, 1]


def test_corrections_that_are_no_digit_are_drawings_of_something_else(tmp_path: Path) -> None:
    scribble = {"label": "", "source": "corrections", "strokes": [[[0, 0], [9, 9], [0, 5]]]}
    number = {"label": "721", "source": "corrections", "strokes": [[[0, 0], [9, 9]]]}
    path = write_rows(tmp_path / "mine.jsonl", [*ROWS, scribble, number])

    own = load_own(path)

    assert [one.label for one in own.drawings] == [7, 1]
    assert [one.source for one in own.outliers] == ["corrections"]
    assert own.left_out == [f"{path}:4 (721)"]
