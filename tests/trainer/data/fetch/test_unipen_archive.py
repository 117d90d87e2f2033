"""The archive of UNIPEN becomes stroke files: sites that are trained on, and the others."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.trainer.data.fetch.archives import tgz, unipen_tgz
from tests.trainer.data.unipen.writing import random_rows
from trainer.data.fetch.session import make_files
from trainer.data.fetch.sources import find_source
from trainer.data.rows import Row
from trainer.errors import DataError

DIGITS = [*random_rows(30, "gmd"), *random_rows(20, "syn"), *random_rows(10, "tos")]
SYMBOLS = [Row(label, "kai", "jae", DIGITS[0].strokes) for label in ('"', "\\", "%")]


def convert(archive: bytes, folder: Path, problems: list[str] | None = None) -> dict[str, int]:
    path = folder / "unipen.tgz"
    path.write_bytes(archive)
    on_problem = [].append if problems is None else problems.append
    return make_files(find_source("unipen"), path, folder, on_problem)


def lines(path: Path) -> list[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def sorted_rows(rows: list[dict[str, object]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def test_sites_that_are_trained_on_and_others_become_files_of_their_own(tmp_path: Path) -> None:
    written = convert(unipen_tgz({"1a": DIGITS, "1d": SYMBOLS}), tmp_path)

    assert written == {
        "unipen-digits-train.jsonl.gz": 50, "unipen-digits-test.jsonl.gz": 10,
        "unipen-upper-train.jsonl.gz": 0, "unipen-upper-test.jsonl.gz": 0,
        "unipen-lower-train.jsonl.gz": 0, "unipen-lower-test.jsonl.gz": 0,
        "unipen-symbols-train.jsonl.gz": 3, "unipen-symbols-test.jsonl.gz": 0,
    }  # fmt: skip
    train = lines(tmp_path / "unipen-digits-train.jsonl.gz")
    test = lines(tmp_path / "unipen-digits-test.jsonl.gz")
    assert sorted_rows(train) == sorted_rows([row.as_json() for row in DIGITS[:50]])
    assert sorted_rows(test) == sorted_rows([row.as_json() for row in DIGITS[50:]])
    symbols = lines(tmp_path / "unipen-symbols-train.jsonl.gz")
    assert [row["label"] for row in symbols] == ['"', "\\", "%"]


def test_nothing_is_left_of_the_unpacking_nor_of_one_that_was_killed(tmp_path: Path) -> None:
    (tmp_path / ".fetch-killed" / "data").mkdir(parents=True)

    convert(unipen_tgz({"1a": DIGITS}), tmp_path)

    assert not [path for path in tmp_path.iterdir() if path.is_dir() or path.name.startswith(".")]


def test_a_file_whose_pen_data_is_missing_is_left_out_and_named(tmp_path: Path) -> None:
    problems: list[str] = []
    orphan = b'.VERSION 1.0\n.INCLUDE ibm/data/gone.dat\n.SEGMENT CHARACTER 0 OK "1"\n'
    archive = unipen_tgz({"1a": DIGITS}, {"data/1a/ibm/ibm0/r1.dat": orphan})

    written = convert(archive, tmp_path, problems)

    assert written["unipen-digits-train.jsonl.gz"] == 50
    assert problems == [
        "data/1a/ibm/ibm0/r1.dat:2 includes 'ibm/data/gone.dat', which is not there"
    ]


def test_members_that_lead_out_of_the_archive_are_not_unpacked(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    archive = unipen_tgz({"1a": DIGITS}, {"include/../../../outside.dat": b".X"})

    convert(archive, folder)

    assert not list(tmp_path.rglob("outside.dat"))


WHOLE = unipen_tgz({"1a": DIGITS})


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        (b"no archive", "cut off or damaged"),
        (WHOLE[: len(WHOLE) // 2], "cut off or damaged"),
        (tgz({"something/else.txt": b"else"}), "holds no digit in train_r01_v07/data/1a"),
        (unipen_tgz({"1d": SYMBOLS}), "holds no digit in train_r01_v07/data/1a"),
    ],
    ids=["text", "cut off", "another archive", "no digits"],
)
def test_a_damaged_archive_changes_nothing(tmp_path: Path, archive: bytes, message: str) -> None:
    before = tmp_path / "unipen-digits-train.jsonl.gz"
    before.write_bytes(b"as it was")

    with pytest.raises(DataError, match=message):
        convert(archive, tmp_path)

    assert before.read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == [before.name, "unipen.tgz"]
