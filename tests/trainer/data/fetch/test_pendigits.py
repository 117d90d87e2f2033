"""The archive of pendigits becomes the two stroke files, or nothing."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from itertools import islice
from pathlib import Path

import pytest

from tests.trainer.data.fetch.archives import compress, pendigits_zip
from tests.trainer.data.unipen.writing import random_rows
from trainer.data.fetch.session import make_files
from trainer.data.fetch.sources import find_source
from trainer.data.rows import Row
from trainer.data.stroke_files import read_digits, read_rows
from trainer.errors import DataError

ROWS = random_rows(300)


def convert(archive: bytes, folder: Path, problems: list[str] | None = None) -> dict[str, int]:
    path = folder / "pendigits.zip"
    path.write_bytes(archive)
    on_problem = [].append if problems is None else problems.append
    return make_files(find_source("pendigits"), path, folder, on_problem)


def lines(path: Path) -> list[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_both_parts_become_files_of_their_own(tmp_path: Path) -> None:
    written = convert(pendigits_zip(ROWS[:250], ROWS[250:]), tmp_path)

    assert written == {"pendigits-train.jsonl.gz": 250, "pendigits-test.jsonl.gz": 50}
    assert lines(tmp_path / "pendigits-train.jsonl.gz") == [row.as_json() for row in ROWS[:250]]
    assert lines(tmp_path / "pendigits-test.jsonl.gz") == [row.as_json() for row in ROWS[250:]]
    assert len(list(tmp_path.iterdir())) == 3


def test_training_reads_what_was_written(tmp_path: Path) -> None:
    convert(pendigits_zip(ROWS, ROWS[:1]), tmp_path)

    drawings = list(read_digits(tmp_path / "pendigits-train.jsonl.gz"))

    assert [(one.label, one.source, one.writer) for one in drawings] == [
        (int(row.label), "pendigits", row.writer) for row in ROWS
    ]


def test_real_digits_come_back_byte_for_byte(real_data: Path, tmp_path: Path) -> None:
    path = real_data / "pendigits-train.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"needs {path}")
    rows = [row for _, row in islice(read_rows(path), 1_000)]

    convert(pendigits_zip(rows, rows[:1]), tmp_path)

    with gzip.open(path) as real, gzip.open(tmp_path / path.name) as made:
        assert made.read().splitlines() == list(islice(map(bytes.rstrip, real), 1_000))


def test_the_same_archive_gives_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        convert(pendigits_zip(ROWS[:20], ROWS[:5]), tmp_path / name)
        contents.append((tmp_path / name / "pendigits-train.jsonl.gz").read_bytes())

    assert contents[0] == contents[1]
    assert contents[0][4:8] == bytes(4)  # no time in gzip's header (RFC 1952)


def test_a_row_that_is_no_digit_is_left_out_and_named(tmp_path: Path) -> None:
    problems: list[str] = []
    letter = Row("A", "pendigits", "3", ROWS[0].strokes)
    nobody = Row("4", "pendigits", "", ROWS[0].strokes)

    written = convert(pendigits_zip([*ROWS[:9], letter], ROWS[:1]), tmp_path, problems)
    convert(pendigits_zip(ROWS[:1], [nobody, *ROWS[:1]]), tmp_path, problems)

    assert written["pendigits-train.jsonl.gz"] == 9
    assert "digit 9 of pendigits-orig.tra has the label 'A'" in problems[0]


def _without(member: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(member, compress(b".VERSION 1.0\n"))
    return archive.getvalue()


def _with_parts(content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("pendigits-orig.tra.Z", "pendigits-orig.tes.Z"):
            file.writestr(name, content)
    return archive.getvalue()


WHOLE = pendigits_zip(ROWS[:20], ROWS[:5])


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        (b"no archive", "not a zip file"),
        (WHOLE[: len(WHOLE) // 2], "not a zip file"),
        (WHOLE.replace(b"\x1f\x9d", b"\x1f\x9e"), "is not the archive of pendigits"),
        (_without("pendigits-orig.tra.Z"), r"no item named 'pendigits-orig\.tes\.Z'"),
        (_with_parts(b"no LZW"), "is not the archive of pendigits"),
        (_with_parts(b"\x1f\x9d\xf0" + compress(b".A 1")[3:]), "unknown flags"),
        (_with_parts(b""), "is not the archive of pendigits"),
        (_with_parts(compress(b".VERSION 1.0\n")), "holds no digit"),
        (pendigits_zip(ROWS[:20], []), r"orig\.tes holds no digit"),
    ],
    ids=[
        "text",
        "cut off",
        "no magic",
        "a part missing",
        "no LZW",
        "odd LZW",
        "empty",
        "no digits",
        "no digits in the second part",
    ],
)
def test_a_damaged_archive_changes_nothing(tmp_path: Path, archive: bytes, message: str) -> None:
    before = tmp_path / "pendigits-train.jsonl.gz"
    before.write_bytes(b"as it was")

    with pytest.raises(DataError, match=message):
        convert(archive, tmp_path)

    assert before.read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == [before.name, "pendigits.zip"]


def test_a_part_that_unpacks_to_far_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.data.fetch.pendigits._MAX_BYTES", 2_000)

    with pytest.raises(DataError, match=r"orig\.tra\.Z is far larger than it should be"):
        convert(WHOLE, tmp_path)
