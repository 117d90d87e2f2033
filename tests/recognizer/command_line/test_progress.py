"""How far it is can be seen on a terminal, where the answers do not scroll by there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.recognizer.command_line.pictures import write_pictures
from tests.recognizer.commands import ONE, on_terminal, write_lines

pytestmark = pytest.mark.usefixtures("working_folder")


def test_a_long_file_has_a_progress_bar_on_a_terminal(tmp_path: Path) -> None:
    name = "\x1b]0;title\x1b\\many.jsonl"  # an escape sequence, to be shown and not obeyed
    write_lines(tmp_path / name, [{**ONE, "padding": " " * 100_000}] * 12)

    with (tmp_path / "answers").open("w+") as answers:
        text = on_terminal(name, stdout=answers.fileno())
        answers.seek(0)
        rows = answers.read().splitlines()

    assert "many.jsonl" in text
    assert "100%" in text
    assert "\x1b]0;" not in text
    assert "digit" not in text
    assert [row.split("\t")[1] for row in rows] == [str(line) for line in range(1, 13)]


def test_files_are_counted_out_of_their_number(tmp_path: Path) -> None:
    write_pictures(tmp_path / "folder", 200)

    text = on_terminal("folder", "--output", "answers.csv", "--csv")

    assert re.search(r"files .*[0-9]+/200", text)
    assert "folder/000001.png" not in text


def test_files_that_are_answered_already_count_as_done(tmp_path: Path) -> None:
    write_pictures(tmp_path / "folder", 30)
    on_terminal("folder", "--output", "answers.csv", "--csv")
    (tmp_path / "folder" / "z.json").write_text(json.dumps(ONE))

    text = on_terminal("folder", "--output", "answers.csv", "--csv", "--resume")

    assert "31/31" in text
