"""Stroke files give every digit, or name the row that is none."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from trainer.data.stroke_files import load_drawings, read_rows
from trainer.errors import DataError


def test_drawings_carry_label_site_and_writer(data_folder: Path) -> None:
    drawings = load_drawings(data_folder)

    assert len(drawings) == 210
    assert {drawing.source for drawing in drawings} == {"here", "there"}
    assert len({(drawing.source, drawing.writer) for drawing in drawings}) == 7
    assert drawings[12].label == 4
    assert [stroke.shape for stroke in drawings[12].strokes] == [(3, 2), (2, 2)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{"label": "12", "source": "s", "writer": "w", "strokes": [[[1, 2]]]}', "outside 0-9"),
        ('{"label": "A", "source": "s", "writer": "w", "strokes": [[[1, 2]]]}', "outside 0-9"),
        ('{"label": "1", "writer": "w", "strokes": [[[1, 2]]]}', "source"),
        ('{"label": "1", "source": "s", "writer": "w", "strokes": []}', "no points"),
        ('{"label": "1", "source": "s", "writer": "w", "strokes": [[[1, NaN]]]}', "not finite"),
        (
            '{"label": "1", "source": "s", "writer": "w", "strokes": [[[1, 2, 3]]]}',
            "not a labelled",
        ),
        ("[1, 2", "not a labelled"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    data_folder: Path, tmp_path: Path, row: str, message: str
) -> None:
    shutil.copytree(data_folder, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "pendigits-train.jsonl.gz"
    with gzip.open(path, "at", encoding="utf-8") as file:
        file.write(row + "\n")

    with pytest.raises(DataError, match=rf"pendigits-train\.jsonl\.gz:91 .*{message}"):
        load_drawings(tmp_path)


def test_a_cut_off_stroke_file_is_refused(data_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(data_folder, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "unipen-digits-train.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(DataError, match="cut off"):
        load_drawings(tmp_path)


def test_a_missing_stroke_file_tells_how_to_name_the_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="NET_DATA_DIR"):
        load_drawings(tmp_path)


def test_lines_need_not_be_gzipped_and_may_be_blank(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('\ufeff{"label": 3, "strokes": [[[1, 2]]]}\r\n\n{"label": "4", "strokes": 1}\n')
    bad: list[DataError] = []

    rows = list(read_rows(path, origin="mine", on_bad_row=bad.append))

    assert [(place, row.label) for place, row in rows] == [(f"{path}:1", "3")]
    assert [str(error).split(" ")[0] for error in bad] == [f"{path}:3"]
