"""Drawings are found in JSON and JSON lines, plain or gzipped, and what is none is named."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from recognizer.strokes import MAX_BYTES
from tests.recognizer.commands import ONE, Command

MakeRun = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("working_folder")


def test_a_drawing_over_many_lines_is_one(command: Command, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text("\n\n" + json.dumps(ONE, indent=2))

    done = command("one.json")

    assert [row.split("\t")[:2] for row in done.stdout.splitlines()] == [["one.json", "3"]]
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (json.dumps(ONE), ["1"]),
        (json.dumps(ONE) + "\n" + json.dumps(ONE), ["1", "2"]),
        ("\n" + json.dumps(ONE) + "\r\n\r\n \n" + json.dumps(ONE) + "\n\n", ["2", "5"]),
        (json.dumps(ONE, indent=1), ["1"]),
        ("", []),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_a_drawing_or_drawings_plain_or_gzipped(
    command: Command, content: str, numbers: list[str], packed: bool
) -> None:
    text = content.encode()

    done = command("-", stdin=gzip.compress(text) if packed else text)

    assert [row.split("\t")[:2] for row in done.stdout.splitlines()] == [["-", n] for n in numbers]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["d.jsonl.gz", "d.ndjson.gz", "d.gz", "d.jsonl"])
def test_gzipped_files_are_read_whatever_their_name(
    command: Command, lines: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(gzip.compress(lines.read_bytes()))

    done = command(name)

    assert len(done.stdout.splitlines()) == 2
    assert f"{name}:2: strokes[0].y" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("broken.json", b"{", "broken.json:1: not JSON"),
        ("empty.json", b"", "empty.json:1: not JSON"),
        ("broken.jsonl", b'{"strokes": []}\n{\n', "broken.jsonl:2: not JSON"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture.png:1: not JSON"),
        ("long.jsonl", b" " + b"[" * (3 * MAX_BYTES), "long.jsonl:1: a drawing may have at most"),
        ("long.json", b"[\n" * MAX_BYTES, "long.json:1: a drawing may have at most"),
        ("cut.jsonl.gz", gzip.compress(b'{"strokes": []}\n' * 999)[:40], "cut.jsonl.gz:1: cannot"),
        ("bad.gz", b"\x1f\x8b" + b"!" * 99, "bad.gz:1: cannot be read"),
        (
            "rows.jsonl",
            b'{"label": "7", "strokes": [[[1, 2], [3, 4]]]}',
            "rows.jsonl:1: strokes[0] must be an object",
        ),
    ],
)
def test_what_cannot_be_read_is_named(
    command: Command, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)

    done = command(name)

    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


def test_a_line_that_is_too_long_leaves_the_next_ones_where_they_are(
    command: Command, tmp_path: Path
) -> None:
    padded = json.dumps(ONE) + " " * 3 * MAX_BYTES
    (tmp_path / "long.jsonl").write_text(f"{'[' * 3 * MAX_BYTES}\n{json.dumps(ONE)}\n{padded}\n")

    done = command("long.jsonl")

    assert "long.jsonl:1: a drawing may have at most" in done.stderr
    assert [row.split("\t")[1] for row in done.stdout.splitlines()][:1] == ["2"]


def test_a_folder_cannot_be_read(command: Command) -> None:
    done = command("models")

    assert done.stderr == "models:1: cannot be read: Is a directory\n"
    assert done.returncode == 1
