"""An output file is written line by line, and an interrupted one is gone on with."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import pytest

from tests.recognizer.commands import BROKEN, ONE, Command, write_lines

pytestmark = pytest.mark.usefixtures("working_folder")

Places = list[tuple[str, int]]
LINES = [("folder/m.jsonl", line) for line in range(1, 5)]
PLACES = [("folder/0.json", 1), ("folder/1.json", 1), *LINES, ("folder/z.json", 1)]
OUTPUTS = [("--output", "out"), ("--output", "out", "--csv"), ("--output", "out", "--json")]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("0.json", "1.json", "z.json"):
        (folder / name).write_text(json.dumps(ONE))
    write_lines(folder / "m.jsonl", [ONE] * 4)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.mark.parametrize("output", OUTPUTS)
def test_answers_go_to_the_file_and_nowhere_else(
    command: Command, out: Path, output: tuple[str, ...]
) -> None:
    done = command("folder", *output)

    assert _places(out) == PLACES
    assert done == (0, "", "")


@pytest.mark.parametrize("kept", [0.0, 0.03, 0.2, 0.4, 0.55, 0.7, 0.99, 1.0])
@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_that_was_cut_off_anywhere_is_completed(
    command: Command, out: Path, output: tuple[str, ...], kept: float
) -> None:
    command("folder", *output)
    whole = out.read_bytes()
    out.write_bytes(cut := whole[: int(len(whole) * kept)])

    done = command("folder", *output, "--resume")

    assert _places(out) == PLACES
    assert out.read_bytes().startswith(cut[: cut.rfind(b"\n") + 1])
    assert done == (0, "", "")


def test_a_resumed_run_may_be_the_first(command: Command, out: Path) -> None:
    command("folder", "--output", "out", "--resume")

    assert _places(out) == PLACES


def test_files_that_came_or_went_in_between_change_nothing_else(
    command: Command, out: Path, folder: Path
) -> None:
    command("folder", "--output", "out")
    _keep(out, 3)
    (folder / "00.json").write_text(json.dumps(ONE))
    (folder / "n.json").write_text(json.dumps(ONE))
    (folder / "0.json").unlink()

    command("folder", "--output", "out", "--resume")

    later = [("folder/00.json", 1), *LINES[1:], ("folder/n.json", 1), ("folder/z.json", 1)]
    assert _places(out) == [*PLACES[:3], *later]


def test_a_file_that_is_named_twice_is_answered_twice(command: Command, out: Path) -> None:
    names = ("folder/0.json", "folder/m.jsonl", "folder/m.jsonl", "folder/0.json")
    command(*names, "--output", "out")
    whole = _places(out)

    for kept in range(len(whole) + 1):
        _keep(out, kept)
        command(*names, "--output", "out", "--resume")

        assert _places(out) == whole


def test_names_that_look_alike_in_the_output_are_told_apart(
    command: Command, out: Path, folder: Path
) -> None:
    for letter in "\1\2\3":
        (folder / f"{letter}.json").write_text(json.dumps(ONE))
    command("folder", "--output", "out")
    _keep(out, 2)

    command("folder", "--output", "out", "--resume")

    assert _places(out) == [("folder/\ufffd.json", 1)] * 3 + PLACES


def test_standard_input_is_gone_on_with_by_its_lines(command: Command, out: Path) -> None:
    text = (json.dumps(ONE) + "\n").encode() * 5
    command("-", "--output", "out", stdin=text)
    _keep(out, 2)

    command("-", "--output", "out", "--resume", stdin=text)

    assert _places(out) == [("-", line) for line in range(1, 6)]


def test_what_could_not_be_read_is_tried_again_where_it_has_no_row(
    command: Command, out: Path, folder: Path
) -> None:
    (folder / "2.json").write_text(json.dumps(BROKEN))
    first = command("folder", "--output", "out", "--csv")
    second = command("folder", "--output", "out", "--csv", "--resume")
    (folder / "2.json").write_text(json.dumps(ONE))

    third = command("folder", "--output", "out", "--csv", "--resume")

    assert _places(out) == [*PLACES, ("folder/2.json", 1)]
    assert [done.returncode for done in (first, second, third)] == [1, 1, 0]


def test_an_error_in_json_stays_and_stays_the_status(
    command: Command, out: Path, folder: Path
) -> None:
    (folder / "2.json").write_text(json.dumps(BROKEN))
    command("folder", "--output", "out", "--json")

    done = command("folder", "--output", "out", "--json", "--resume")

    assert _places(out) == [*PLACES[:2], ("folder/2.json", 1), *PLACES[2:]]
    assert done == (1, "", "")


def test_the_output_itself_is_not_among_the_files(command: Command, folder: Path) -> None:
    for option in ((), ("--resume",)):
        done = command("folder", "--output", "folder/n.csv", "--csv", *option)

        assert _places(folder / "n.csv") == PLACES
        assert done == (0, "", "")


@pytest.mark.parametrize(
    ("before", "arguments", "message"),
    [
        ("mine\n", ("--csv",), "out exists already; --resume goes on with it"),
        ("mine\n", ("--csv", "--resume"), "out:1 was not written in the form asked for"),
        ("mine\n", ("--json", "--resume"), "out:1 was not written"),
        ("mine\n", ("--resume",), "out:1 was not written"),
        ("a\t1\tdigit\t7\t0.9\nmine\n", ("--resume",), "out:2 was not written"),
        (
            'file,line,verdict,text,confidence\n"a"b,1,digit,7,0.9\n',
            ("--csv", "--resume"),
            "out:2 was not written",
        ),
        ('{"file": 3, "line": 1, "answer": {}}\n', ("--json", "--resume"), "out:1 was not written"),
        ('{"file": "a", "line": 1, "ans\n', ("--json", "--resume"), "out:1 was not written"),
    ],
)
def test_a_file_that_is_something_else_is_left_as_it_is(
    command: Command, out: Path, before: str, arguments: tuple[str, ...], message: str
) -> None:
    out.write_text(before)

    done = command("folder", "--output", "out", *arguments)

    assert out.read_text() == before
    assert message in done.stderr
    assert (done.returncode, done.stdout) == (2, "")


def test_nobody_else_writes_to_it_meanwhile(command: Command, out: Path) -> None:
    with out.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        done = command("folder", "--output", "out", "--resume")

    assert done == (2, "", "out is being written by another process\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--output", "nowhere/out"), "nowhere/out cannot be written: No such file or directory\n"),
        (("--output", "/dev/full"), "/dev/full cannot be written: No space left on device\n"),
        (("--resume",), "--resume goes on with the file that --output names\n"),
    ],
)
def test_without_an_output_to_write_to_it_says_why_with_status_2(
    command: Command, arguments: tuple[str, ...], message: str
) -> None:
    done = command("folder", *arguments)

    assert done.stderr.endswith(message)
    assert (done.returncode, done.stdout) == (2, "")


def _places(out: Path) -> Places:
    lines = out.read_text("utf-8").splitlines()
    if lines[0].startswith("{"):
        return [(row["file"], row["line"]) for row in map(json.loads, lines)]
    separator = "," if lines[0] == "file,line,verdict,text,confidence" else "\t"
    rows = [line.split(separator) for line in lines[separator == "," :]]
    return [(file, int(line)) for file, line, *_ in rows]


def _keep(out: Path, rows: int) -> None:
    lines = out.read_text("utf-8").splitlines(keepends=True)
    out.write_text("".join(lines[:rows]), "utf-8")
