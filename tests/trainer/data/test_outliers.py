"""Letters and symbols are read, told from look-alikes, and divided as the digits are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from trainer.data.collection import Data
from trainer.data.outliers import Outlier, load_outliers, split_outliers
from trainer.data.splits import Split
from trainer.data.stroke_files import LabelledDrawing
from trainer.errors import DataError

FILES = {"upper": "AO", "lower": "kl", "symbols": "\\@"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, labels in FILES.items():
        rows = [_row(label, "here") for label in labels] if name != "symbols" else []
        if name == "symbols":
            rows = [_row("\\@", "here"), _row("?", "here"), _row("?", "kai")]
        with gzip.open(tmp_path / f"unipen-{name}-train.jsonl.gz", "wt") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def _row(label: str, source: str) -> dict[str, object]:
    return {
        "label": label,
        "source": source,
        "writer": "w",
        "strokes": [[[0, 0], [9, 2]], [[3, 3], [5, 3]]],
    }


def outlier(source: str, writer: str) -> Outlier:
    return Outlier("A", "capital", source, writer, ())


def digit(source: str, writer: str) -> LabelledDrawing:
    return LabelledDrawing(1, source, writer, ())


def test_every_kind_is_read_and_a_site_whose_symbols_are_mislabelled_is_left_out(
    folder: Path,
) -> None:
    outliers = load_outliers(folder)

    assert [(outlier.character, outlier.kind) for outlier in outliers] == [
        ("A", "capital"),
        ("O", "capital"),
        ("k", "small letter"),
        ("l", "small letter"),
        ("@", "symbol"),
        ("?", "symbol"),
    ]


def test_what_anybody_may_take_for_a_digit_is_marked(folder: Path) -> None:
    look_alikes = [other.character for other in load_outliers(folder) if other.is_look_alike]

    assert look_alikes == ["O", "l"]


def test_a_lone_upright_is_marked_whatever_it_is_a_piece_of() -> None:
    upright = np.array([[3.0, 0], [3, 9], [3, 20]])

    piece = Outlier("K", "capital", "here", "w", (upright,))
    whole = Outlier("K", "capital", "here", "w", (upright, 2 * upright))

    assert piece.is_look_alike
    assert not whole.is_look_alike


def test_only_the_named_files_are_read(folder: Path) -> None:
    (folder / "unipen-upper-train.jsonl.gz").unlink()

    outliers = load_outliers(folder, ["unipen-lower-train.jsonl.gz"])

    assert {outlier.kind for outlier in outliers} == {"small letter"}
    with pytest.raises(DataError, match=r"no .*unipen-upper-train"):
        load_outliers(folder)


def test_a_writer_whose_digits_are_held_out_is_held_out() -> None:
    outliers = [outlier("here", "a"), outlier("here", "b"), outlier("here", "c")]
    digits = Split([digit("here", "a")], [digit("here", "b")])

    trained, held_out = split_outliers(outliers, digits)

    assert [other.writer for other in trained] == ["a", "c"]
    assert [other.writer for other in held_out] == ["b"]


def test_a_site_whose_digits_are_all_held_out_is_held_out_with_its_other_writers() -> None:
    outliers = [outlier("here", "a"), outlier("there", "b"), outlier("there", "letters only")]
    digits = Split([digit("here", "a")], [digit("there", "b")])

    trained, held_out = split_outliers(outliers, digits)

    assert [other.writer for other in trained] == ["a"]
    assert [other.writer for other in held_out] == ["b", "letters only"]


def test_of_a_site_without_digits_the_same_share_of_writers_is_held_out_every_time() -> None:
    outliers = [outlier("elsewhere", f"{number}") for number in range(20)]
    digits = Split([digit("here", "a")], [])

    held_out = [other.writer for other in split_outliers(outliers, digits)[1]]
    again = [other.writer for other in split_outliers(outliers[::-1], digits)[1]]

    assert len(held_out) == 3
    assert sorted(held_out) == sorted(again)


def test_no_writer_stands_on_both_sides_of_the_real_split(real_collection: Data) -> None:
    outliers = real_collection.outliers

    trained, held_out = split_outliers(outliers, Split([], []))

    writers = [{(other.source, other.writer) for other in side} for side in (trained, held_out)]
    assert len(trained) + len(held_out) == len(outliers) == 16_458
    assert not writers[0] & writers[1]
