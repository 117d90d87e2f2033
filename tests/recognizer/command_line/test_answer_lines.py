"""An answer is a line of columns or JSON for programs, and of a table for people."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recognizer.commands import ONE, Command, on_terminal, process, write_lines

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


def test_a_terminal_gets_a_table(lines: Path, tmp_path: Path) -> None:
    lines.rename(tmp_path / "[red]:cat:.jsonl")

    text = on_terminal("[red]:cat:.jsonl")

    assert all(heading in text for heading in ("drawing", "answer", "confidence", "otherwise"))
    assert "[red]:cat:.jsonl:1" in text
    assert "[red]:cat:.jsonl:3" in text
    assert len(re.findall(r"[0-9.]+% .*\b[0-9] +[0-9.]+%", text)) == 2
    assert "strokes[0].y" in text


def test_a_long_file_has_a_progress_bar_on_a_terminal(tmp_path: Path) -> None:
    write_lines(tmp_path / "many.jsonl", [{**ONE, "padding": " " * 100_000}] * 12)

    with (tmp_path / "answers").open("w+") as answers:
        text = on_terminal("many.jsonl", stdout=answers.fileno())
        answers.seek(0)
        rows = answers.read().splitlines()

    assert "many.jsonl" in text
    assert "100%" in text
    assert "digit" not in text
    assert [row.split("\t")[1] for row in rows] == [str(line) for line in range(1, 13)]
