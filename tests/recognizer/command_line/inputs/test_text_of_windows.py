"""Drawings and lists are read as Windows' programs save them."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from tests.recognizer.commands import ONE, Command

ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be with its mark"]


def _encoded(text: str, encoding: str) -> bytes:
    if encoding.endswith("its mark"):
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return text.encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["one.json", "many.jsonl", "-"])
def test_a_drawing_is_answered(command: Command, tmp_path: Path, name: str, encoding: str) -> None:
    text = json.dumps(ONE, indent=1 if name == "one.json" else None) + "\r\n"
    content = _encoded(text * (2 if name != "one.json" else 1), encoding)
    if name != "-":
        (tmp_path / name).write_bytes(content)

    done = command(name, stdin=content)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("digit\t") == (1 if name == "one.json" else 2)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["list.txt", "-"])
def test_a_list_names_its_files(command: Command, tmp_path: Path, name: str, encoding: str) -> None:
    for file in ("bảy.json", "b.json"):
        (tmp_path / file).write_text(json.dumps(ONE))
    names = "bảy.json\r\nb.json\r\n" if "utf-16-" not in encoding else "b.json\r\nbảy.json\r\n"
    content = _encoded(names, encoding)
    (tmp_path / "list.txt").write_bytes(content)

    done = command("--files-from", name, stdin=content)

    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(line.split("\t")[0] for line in done.stdout.splitlines()) == [
        "b.json",
        "bảy.json",
    ]


def test_text_that_breaks_off_in_the_middle_of_a_character_is_an_error_of_the_file(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_bytes(json.dumps(ONE).encode("utf-16")[:-1])

    done = command("a.json")

    assert done.returncode == 1
    assert done.stderr.startswith("a.json:1: cannot be read: ")


def test_folders_of_other_systems_hold_only_what_people_put_there(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "folder" / "__MACOSX").mkdir(parents=True)
    (tmp_path / "folder" / "seven.json").write_text(json.dumps(ONE))
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "__MACOSX/._seven.json"):
        (tmp_path / "folder" / name).write_bytes(b"\0\1\2")

    done = command("folder")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("folder/seven.json\t")
    assert done.stdout.count("\n") == 1


def test_a_folder_and_a_list_that_hold_nothing_are_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "list").write_text("\n\n")

    done = command("empty", "--files-from", "list")

    assert done.returncode == 0
    assert done.stderr == "empty holds no file that could be answered\nlist names no file\n"


@pytest.mark.parametrize("name", ["=cmd.json", "+1.json", "-x.json", "@a.json"])
def test_no_name_of_a_file_is_a_formula_in_csv(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(json.dumps(ONE))

    done = command("--csv", "--output", "out.csv", "--", name)
    again = command("--csv", "--output", "out.csv", "--resume", "--", name)

    rows = (tmp_path / "out.csv").read_text().splitlines()
    assert (done.returncode, again.returncode) == (0, 0)
    assert len(rows) == 2
    assert rows[1].startswith(f"'{name},1,digit,")
