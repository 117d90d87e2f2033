"""Run ``python -m recognizer`` as people do: in a process, and on a terminal."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ONE = {"strokes": [{"x": [5, 5], "y": [0, 100]}]}
BROKEN = {"strokes": [{"x": [0, 1], "y": [0]}]}


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


def process(*arguments: str, stdin: bytes = b"", **variables: str) -> Done:
    """Runs the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "recognizer", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **variables},
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def on_terminal(*arguments: str, stdout: int | None = None) -> str:
    """What the command writes to a terminal of 80 columns."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "recognizer", *arguments],
        stdout=follower if stdout is None else stdout,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80", "NO_COLOR": "1"},
    )
    os.close(follower)
    chunks = []
    with contextlib.suppress(OSError):  # how Linux says that nobody writes any more
        while chunk := os.read(leader, 1 << 16):
            chunks.append(chunk)
    os.close(leader)
    process.wait(60)
    return b"".join(chunks).decode()


def write_lines(file: Path, drawings: list[Any]) -> Path:
    file.write_text("".join(json.dumps(drawing) + "\n" for drawing in drawings))
    return file
