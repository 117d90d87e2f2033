"""An answer is a line of columns, CSV or JSON for programs."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recognizer.command_line.pictures import picture
from tests.recognizer.commands import ONE, Command, process

MakeRun = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("working_folder")


def test_a_drawing_is_answered_in_columns(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(ONE))

    done = process("one.json")

    file, line, verdict, text, confidence = done.stdout.removesuffix("\n").split("\t")
    assert (file, line, verdict) == ("one.json", "1", "digit")
    assert text in set("0123456789")
    assert 0.1 <= float(confidence) <= 1
    assert (done.returncode, done.stderr) == (0, "")


def test_json_holds_file_line_and_the_answer_or_the_error(command: Command, lines: Path) -> None:
    done = command("--json", lines.name)

    good, bad, _ = map(json.loads, done.stdout.splitlines())
    assert (good["file"], good["line"]) == ("drawings.jsonl", 1)
    assert good["answer"]["digits"][0]["image"].startswith("data:image/png;base64,")
    assert good["answer"]["left_out"] == []
    assert good["answer"]["model"] == {"run": "first", "recipe": "ink"}
    assert (bad["file"], bad["line"]) == ("drawings.jsonl", 2)
    assert (bad["error"]["field"], bad["error"]["reason"]) == ("strokes[0].y", "unequal_lengths")
    assert bad["error"]["message"] in done.stderr
    assert done.returncode == 1


def test_names_that_are_no_text_are_written_as_valid_text(command: Command, tmp_path: Path) -> None:
    name = os.fsdecode(b"a\tb\xff[red].json")
    (tmp_path / name).write_text(json.dumps(ONE))

    done = command(name, name + "!")

    assert done.stdout.startswith("a\ufffdb\ufffd[red].json\t1\tdigit\t")
    assert done.stderr == (
        "a\ufffdb\ufffd[red].json!:1: cannot be read: No such file or directory\n"
    )


def test_json_names_every_file_exactly(command: Command, tmp_path: Path) -> None:
    name = os.fsdecode(b"a\tb\xff.json")
    (tmp_path / name).write_text(json.dumps(ONE))

    done = command("--json", name)

    assert json.loads(done.stdout)["file"] == name


def test_names_that_the_locale_cannot_write_do_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "s\u1ed1.json").write_text(json.dumps(ONE))

    done = process("s\u1ed1.json", PYTHONIOENCODING="ascii")

    assert done.stdout.startswith("s?.json\t1\tdigit\t")
    assert done.returncode == 0


def test_csv_has_a_header_and_quotes_what_needs_it(command: Command, tmp_path: Path) -> None:
    (tmp_path / 'a,"b".json').write_text(json.dumps(ONE))

    done = command("--csv", 'a,"b".json', "missing.json")

    header, row = csv.reader(done.stdout.splitlines())
    assert header == ["file", "line", "verdict", "text", "confidence"]
    assert row[:2] == ['a,"b".json', "1"]
    assert 0 <= float(row[4]) <= 1
    assert done.returncode == 1


def test_a_bad_file_has_an_object_with_the_error_in_json(command: Command, tmp_path: Path) -> None:
    (tmp_path / "torn.png").write_bytes(picture()[:50])

    done = command("--json", "missing.json", "torn.png")

    missing, torn = map(json.loads, done.stdout.splitlines())
    assert missing == {
        "file": "missing.json",
        "line": 1,
        "error": {"message": "cannot be read: No such file or directory"},
    }
    assert (torn["file"], torn["error"]["field"]) == ("torn.png", "image")
    assert done.stderr.count("\n") == 2
