"""A program that writes a line and waits has its answer before it writes the next one."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recognizer.command_line.inputs.pipe import Pipe
from tests.recognizer.commands import ONE

pytestmark = pytest.mark.usefixtures("working_folder")


@contextmanager
def _talking(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-m", "recognizer", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield process


def _ask(process: subprocess.Popen[bytes], line: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line)
    process.stdin.flush()
    return process.stdout.readline()


def test_each_drawing_is_answered_when_it_is_there() -> None:
    with _talking("-") as process:
        # More than are answered before processes are started.
        answers = [_ask(process, json.dumps(ONE).encode() + b"\n") for _ in range(25)]
        assert process.stdin is not None
        process.stdin.close()
        status = process.wait(60)

    assert [answer.split(b"\t")[:2] for answer in answers] == [
        [b"-", str(number).encode()] for number in range(1, 26)
    ]
    assert status == 0


def test_a_stream_that_somebody_has_set_not_to_wait_is_read_to_its_end() -> None:
    read_end, write_end = os.pipe()
    os.set_blocking(read_end, False)
    later = threading.Timer(0.2, lambda: (os.write(write_end, b"line\n"), os.close(write_end)))
    later.start()

    with io.FileIO(read_end) as raw:
        content = Pipe(raw).read()

    assert content == b"line\n"


def test_each_name_of_a_list_is_answered_when_it_is_there(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.json").write_text(json.dumps(ONE))

    with _talking("--files-from", "-") as process:
        answers = [_ask(process, f"{number}.json\n".encode()) for number in range(3)]
        assert process.stdin is not None
        process.stdin.close()

    assert [answer.split(b"\t")[0] for answer in answers] == [b"0.json", b"1.json", b"2.json"]
