"""A folder stands for every file under it, in the order of the paths."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from recognizer.command_line.inputs import folders
from tests.recognizer.commands import ONE, Command, process

pytestmark = pytest.mark.usefixtures("working_folder")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "folder"


def test_files_are_answered_in_the_order_of_their_paths(command: Command, folder: Path) -> None:
    _write(folder, "b/2.json", "b/10.json", "a.json", "c.json", "b/deep/1.json")

    done = command("folder")

    names = ["a.json", "b/10.json", "b/2.json", "b/deep/1.json", "c.json"]
    assert _files(done.stdout) == [f"folder/{name}" for name in names]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("held", [1, 3, 10, 11, 12])
def test_a_folder_with_more_names_than_are_held_is_still_in_order(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    names = [*(f"{at}.json" for at in range(8)), "3/1.json", "3/2.json", "3-.json", "30.json"]
    _write(folder, *reversed(names))
    monkeypatch.setattr(folders, "HELD", held)

    done = command("folder")

    assert _files(done.stdout) == sorted(f"folder/{name}" for name in names)


def test_hidden_files_and_folders_are_left_out_unless_they_are_named(
    command: Command, folder: Path
) -> None:
    _write(folder, ".hidden.json", ".hidden/1.json", "seen.json")

    done = command("folder", "folder/.hidden", "folder/.hidden.json")

    assert _files(done.stdout) == [
        f"folder/{name}" for name in ("seen.json", ".hidden/1.json", ".hidden.json")
    ]


def test_links_are_followed_but_not_in_a_circle(command: Command, folder: Path) -> None:
    _write(folder, "a/1.json")
    (folder / "a" / "up").symlink_to(folder)
    (folder / "b").symlink_to("a")
    (folder / "c.json").symlink_to("a/1.json")

    done = command("folder")

    assert _files(done.stdout) == [f"folder/{name}" for name in ("a/1.json", "b/1.json", "c.json")]
    assert done.returncode == 0


def test_what_cannot_be_read_in_a_folder_is_named(command: Command, folder: Path) -> None:
    _write(folder, "1.json")
    (folder / "0.json").symlink_to("nowhere")
    (folder / "2.json").symlink_to("2.json")
    os.mkfifo(folder / "pipe")

    done = command("folder")

    assert _files(done.stdout) == ["folder/1.json"]
    assert done.stderr.splitlines() == [
        "folder/0.json:1: cannot be read: No such file or directory",
        "folder/2.json:1: cannot be read: Too many levels of symbolic links",
    ]
    assert done.returncode == 1


def test_a_folder_that_cannot_be_listed_is_named(folder: Path) -> None:
    _write(folder, "1.json")
    _make_deep(folder, "d" * 250, 20)

    done = process("folder")

    assert _files(done.stdout) == ["folder/1.json"]
    assert "cannot be read: File name too long" in done.stderr
    assert done.returncode == 1


def test_a_folder_without_files_has_no_answers(command: Command, folder: Path) -> None:
    folder.mkdir()

    done = command("--csv", "folder")

    assert done.stdout == "file,line,verdict,text,confidence\n"
    assert done.returncode == 0


def _write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(ONE))


def _make_deep(folder: Path, name: str, depth: int) -> None:
    """Folders in one another whose whole path is too long to be named at once."""
    descriptor = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=descriptor)
        inner = os.open(name, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)


def _files(answers: str) -> list[str]:
    return [row.split("\t")[0] for row in answers.splitlines()]
