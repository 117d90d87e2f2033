"""A list of paths stands for the files and folders that it names."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.recognizer.commands import ONE, Command, process

pytestmark = pytest.mark.usefixtures("working_folder")


@pytest.fixture(autouse=True)
def drawings(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("a.json", "b.json", "folder/c.json", "new\nline.json", "-"):
        (tmp_path / name).write_text(json.dumps(ONE))


@pytest.mark.parametrize(
    ("content", "option"),
    [
        (b"b.json\n\nfolder\r\n  \na.json", ()),
        (b"b.json\n\nfolder\r\n  \na.json\n", ()),
        (b"b.json\0folder\0a.json\0", ("-0",)),
        (b"b.json\0folder\0a.json", ("--null",)),
    ],
)
def test_its_files_are_answered_in_its_order(
    command: Command, tmp_path: Path, content: bytes, option: tuple[str, ...]
) -> None:
    (tmp_path / "list").write_bytes(content)

    done = command("--files-from", "list", *option)

    assert _files(done.stdout) == ["b.json", "folder/c.json", "a.json"]
    assert (done.returncode, done.stderr) == (0, "")


def test_it_may_come_from_standard_input_behind_named_files(command: Command) -> None:
    done = command("b.json", "--files-from", "-", stdin=b"-\na.json\n")

    assert _files(done.stdout) == ["b.json", "./-", "a.json"]


def test_names_between_nul_bytes_may_hold_anything(command: Command, tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xff \n.json")
    (tmp_path / " ").write_text(json.dumps(ONE))
    (tmp_path / odd).write_text(json.dumps(ONE))

    done = command(
        *("--json", "-0", "--files-from", "-"), stdin=b"new\nline.json\0 \0" + os.fsencode(odd)
    )

    files = [json.loads(row)["file"] for row in done.stdout.splitlines()]
    assert files == ["new\nline.json", " ", odd]


def test_a_long_list_is_read_piece_by_piece(command: Command) -> None:
    long, longer = "./" * 60 + "a.json", "./" * 61 + "b.json"

    done = command("--files-from", "-", stdin=f"{long}\n{longer}\n".encode() * 600)

    assert _files(done.stdout) == [long, longer] * 600


@pytest.mark.parametrize(
    ("content", "option", "message"),
    [
        (b"a.json\nmissing\n", (), "missing:1: cannot be read: No such file"),
        (b"a.json\n\0\n", (), "\ufffd:1: cannot be read: embedded null byte"),
        (b"a.json\n" + b"\1" * 200_000, (), "list:2: not a list of paths: a line is too long"),
        (b"a.json\0" + b"\1" * 200_000, ("-0",), "list:2: not a list of paths"),
    ],
)
def test_what_names_no_file_is_named(
    command: Command, tmp_path: Path, content: bytes, option: tuple[str, ...], message: str
) -> None:
    (tmp_path / "list").write_bytes(content)

    done = command("--files-from", "list", *option)

    assert _files(done.stdout) == ["a.json"]
    assert done.stderr.startswith(message)
    assert done.returncode == 1


def test_a_list_that_is_not_there_is_named(command: Command) -> None:
    done = command("--files-from", "nowhere", "a.json")

    assert _files(done.stdout) == ["a.json"]
    assert done.stderr == "nowhere:1: cannot be read: No such file or directory\n"
    assert done.returncode == 1


@pytest.mark.parametrize(
    "arguments", [("-0", "a.json"), ("--null",), ("--files-from", "-", "-"), ("--files-from",)]
)
def test_wrong_usage_is_status_2(command: Command, arguments: tuple[str, ...]) -> None:
    done = command(*arguments)

    assert done.stderr.startswith("usage: python -m recognizer")
    assert done.returncode == 2


def test_a_worker_does_not_read_the_list_away(tmp_path: Path) -> None:
    names = "".join(f"{name}\n" for name in ["a.json", "b.json"] * 600)

    done = process("--jobs", "2", "--files-from", "-", stdin=names.encode())

    assert _files(done.stdout) == ["a.json", "b.json"] * 600


def _files(answers: str) -> list[str]:
    return [row.split("\t")[0] for row in answers.splitlines()]
