"""``python -m recognizer`` answers drawings in their order and says how it ended."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recognizer.commands import BROKEN, ONE, Command, write_lines

MakeRun = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("working_folder")


def test_unreadable_drawings_are_named_and_the_rest_is_answered(
    command: Command, lines: Path
) -> None:
    done = command(lines.name)

    assert [row.split("\t")[1] for row in done.stdout.splitlines()] == ["1", "3"]
    assert done.stderr.startswith("drawings.jsonl:2: strokes[0].y must have as many items as x")
    assert done.stderr.count("\n") == 1
    assert done.returncode == 1


def test_files_are_answered_in_the_order_they_are_named(
    command: Command, tmp_path: Path, lines: Path
) -> None:
    (tmp_path / "one.json").write_text(json.dumps(ONE))

    done = command("one.json", lines.name, "missing.json", "-", stdin=json.dumps(ONE).encode())

    files = [row.split("\t")[0] for row in done.stdout.splitlines()]
    assert files == ["one.json", "drawings.jsonl", "drawings.jsonl", "-"]
    assert "missing.json:1: cannot be read: No such file or directory" in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("arguments", [(), ("--jsn", "-"), ("--models",)])
def test_wrong_usage_is_status_2(command: Command, arguments: tuple[str, ...]) -> None:
    done = command(*arguments)

    assert done.stderr.startswith("usage: python -m recognizer")
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--run", "second", "-"), "second: run.json cannot be read"),
        (("--run", "../first", "-"), "is not the name of a run"),
        (("--models", "nowhere", "-"), "nowhere/current does not exist"),
    ],
)
def test_without_a_run_to_ask_it_says_why_with_status_2(
    command: Command, arguments: tuple[str, ...], message: str
) -> None:
    done = command(*arguments, stdin=json.dumps(ONE).encode())

    assert message in done.stderr.replace("\n", "")
    assert (done.returncode, done.stdout) == (2, "")


def test_another_run_and_another_folder_can_be_named(
    command: Command, make_run: MakeRun, models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_run("second")
    monkeypatch.setenv("NET_MODELS_DIR", "/nowhere")

    done = command(
        *("--models", str(models_folder), "--run", "second", "--json", "-"),
        stdin=json.dumps(ONE).encode(),
    )

    assert json.loads(done.stdout)["answer"]["model"]["run"] == "second"


def test_a_drawing_that_wants_no_images_is_answered_without(command: Command) -> None:
    rows = [json.dumps({**ONE, "images": images}) for images in (True, False)]

    done = command("--json", "-", stdin="\n".join(rows).encode())

    answers = [json.loads(row)["answer"]["digits"][0] for row in done.stdout.splitlines()]
    assert ["image" in answer for answer in answers] == [True, False]


def test_why_an_answer_is_what_it_is_is_told_beside_the_thresholds(
    command: Command, make_run: MakeRun, models_folder: Path, tmp_path: Path
) -> None:
    make_run("strict", refusal={"digitness": 0.75, "confidence": 0.875})
    write_lines(tmp_path / "two.jsonl", [ONE, {"strokes": []}, BROKEN])
    run = ("--models", str(models_folder), "--run", "strict")

    done = command(*run, "--explain", "--output", "why.tsv", "two.jsonl")
    gone_on_with = command(*run, "--explain", "--output", "why.tsv", "--resume", "two.jsonl")

    one, blank = [row.split("\t") for row in (tmp_path / "why.tsv").read_text().splitlines()]
    assert one[:2] == ["two.jsonl", "1"]
    assert "confidence" in one[5]
    assert "(unsure below 0.875)" in one[5]
    assert (blank[2], blank[5]) == ("blank", "there is no ink")
    assert (done.returncode, gone_on_with.returncode) == (1, 1)


def test_help_names_the_exit_statuses(command: Command) -> None:
    done = command("--help")

    assert "exit status" in done.stdout
    assert done.returncode == 0


def test_more_drawings_than_a_batch_keep_their_order(command: Command, tmp_path: Path) -> None:
    drawings = [ONE if at % 7 else BROKEN for at in range(1, 201)]
    write_lines(tmp_path / "many.jsonl", drawings)

    done = command("--json", "many.jsonl")

    rows = [json.loads(row) for row in done.stdout.splitlines()]
    assert [row["line"] for row in rows] == list(range(1, 201))
    assert [row["line"] for row in rows if "error" in row] == list(range(7, 201, 7))


def test_a_closed_pipe_ends_it_quietly() -> None:
    many = (json.dumps(ONE) + "\n") * 5000

    done = subprocess.run(
        f"{sys.executable} -m recognizer --json - | head -n 1",
        shell=True,
        input=many.encode(),
        capture_output=True,
        timeout=60,
        check=True,
    )

    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""
