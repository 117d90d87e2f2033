"""Drawings and pictures are known by what a file holds, and what is neither is named."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from recognizer.limits import MAX_DRAWING_BYTES
from tests.recognizer.command_line.pictures import picture
from tests.recognizer.commands import ONE, Command, write_lines

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


def test_gzipped_files_are_read_whatever_their_name(
    command: Command, lines: Path, tmp_path: Path
) -> None:
    names = ["d.jsonl.gz", "d.ndjson.gz", "d.gz", "d.jsonl"]
    for name in names:
        (tmp_path / name).write_bytes(gzip.compress(lines.read_bytes()))

    done = command(*names)

    places = [tuple(row.split("\t")[:2]) for row in done.stdout.splitlines()]
    assert places == [(name, line) for name in names for line in "13"]
    told = done.stderr.splitlines()
    assert len(told) == len(names)
    for name, sentence in zip(names, told, strict=True):
        assert sentence.startswith(f"{name}:2: strokes[0].y")


def test_what_cannot_be_read_is_named(command: Command, tmp_path: Path) -> None:
    unreadable = [
        ("broken.json", b"{", "broken.json:1: not JSON"),
        ("empty.json", b"", "empty.json:1: not JSON"),
        ("broken.jsonl", b'{"strokes": []}\n{\n', "broken.jsonl:2: not JSON"),
        ("text.png", b"no picture", "text.png:1: not JSON"),
        (
            "long.jsonl",
            b" " + b"[" * (3 * MAX_DRAWING_BYTES),
            "long.jsonl:1: a drawing may have at most",
        ),
        ("long.json", b"[\n" * MAX_DRAWING_BYTES, "long.json:1: a drawing may have at most"),
        (
            "cut.jsonl.gz",
            gzip.compress(b'{"strokes": []}\n' * 999)[:40],
            "cut.jsonl.gz:1: cannot",
        ),
        ("bad.gz", b"\x1f\x8b" + b"!" * 99, "bad.gz:1: cannot be read"),
        ("binary.json", b"\1\2\3", "binary.json:1: image "),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture.png:1: image "),
        ("torn.json", picture()[:60], "torn.json:1: image "),
        (
            "big.gif",
            b"GIF89a" + b"\0" * 10 * 2**20,
            "big.gif:1: image may have at most 10485760 bytes",
        ),
        (
            "rows.jsonl",
            b'{"label": "7", "strokes": [[[1, 2], [3, 4]]]}',
            "rows.jsonl:1: strokes[0] must be an object",
        ),
    ]
    for name, content, _ in unreadable:
        (tmp_path / name).write_bytes(content)

    done = command(*(name for name, _, _ in unreadable))

    messages = [message for _, _, message in unreadable]
    assert [message for message in messages if message not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


def test_a_line_that_is_too_long_leaves_the_next_ones_where_they_are(
    command: Command, tmp_path: Path
) -> None:
    padded = json.dumps(ONE) + " " * 3 * MAX_DRAWING_BYTES
    (tmp_path / "long.jsonl").write_text(
        f"{'[' * 3 * MAX_DRAWING_BYTES}\n{json.dumps(ONE)}\n{padded}\n"
    )

    done = command("long.jsonl")

    assert "long.jsonl:1: a drawing may have at most" in done.stderr
    assert [row.split("\t")[1] for row in done.stdout.splitlines()][:1] == ["2"]


def test_a_picture_is_known_by_its_content(command: Command, tmp_path: Path) -> None:
    kinds = ["PNG", "JPEG", "WEBP", "BMP", "GIF"]
    for kind in kinds:
        (tmp_path / f"{kind}.json").write_bytes(picture(kind))

    done = command(*(f"{kind}.json" for kind in kinds))

    places = [row.split("\t")[:2] for row in done.stdout.splitlines()]
    assert places == [[f"{kind}.json", "1"] for kind in kinds]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("packed", [False, True])
def test_a_picture_may_come_from_standard_input(command: Command, packed: bool) -> None:
    content = gzip.compress(picture()) if packed else picture()

    done = command("-", stdin=content)

    assert done.stdout.startswith("-\t1\t")
    assert (done.stdout.count("\n"), done.returncode) == (1, 0)


@pytest.mark.parametrize(
    "arguments", ["<(cat one.png) <(cat one.json)", "/dev/stdin one.json < one.png"]
)
def test_what_was_opened_for_it_is_read_by_itself(tmp_path: Path, arguments: str) -> None:
    (tmp_path / "one.png").write_bytes(picture())
    (tmp_path / "one.json").write_text(json.dumps(ONE))

    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m recognizer {arguments}"],
        capture_output=True,
        timeout=60,
        check=True,
    )

    assert [row.split(b"\t")[1] for row in done.stdout.splitlines()] == [b"1", b"1"]
    assert done.stderr == b""


def test_a_long_file_of_drawings_is_read_as_a_stream_and_keeps_its_place(
    command: Command, tmp_path: Path
) -> None:
    write_lines(tmp_path / "b.jsonl", [{**ONE, "padding": " " * 9000}] * 40)
    for name in ("a.json", "c.json"):
        (tmp_path / name).write_text(json.dumps(ONE))

    done = command("a.json", "b.jsonl", "c.json")

    places = [tuple(row.split("\t")[:2]) for row in done.stdout.splitlines()]
    lines = [("b.jsonl", str(line)) for line in range(1, 41)]
    assert places == [("a.json", "1"), *lines, ("c.json", "1")]
