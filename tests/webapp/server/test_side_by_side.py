"""Server and worker live and die together, as `make run` has them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.gunicorn_server import ROOT
from webapp.jobs import worker
from webapp.server import side_by_side

PATIENCE_SECONDS = 60
SCRIPT = """
import signal, sys
from webapp.server.side_by_side import SideBySide
code = ("import pathlib, signal, sys, time\\n"
        "def end(number, _):\\n"
        "    pathlib.Path(sys.argv[1] + '.ended').touch()\\n"
        "    if number == signal.SIGINT or 'waits' not in sys.argv: sys.exit(0)\\n"
        "for number in (signal.SIGTERM, signal.SIGINT): signal.signal(number, end)\\n"
        "pathlib.Path(sys.argv[1]).write_text(str(__import__('os').getpid()))\\n"
        "while True: time.sleep(600)")
waits = ["waits"] * (sys.argv[3:] == ["waits"])  # as gunicorn for its requests, but for SIGINT
both = SideBySide([[sys.executable, "-c", code, name, *waits] for name in sys.argv[1:3]])
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, both.end)
print("ready", flush=True)
sys.exit(both.wait())
"""


class Pair:
    """Two processes side by side, each of which notes its number and its polite end."""

    def __init__(self, folder: Path, *how: str) -> None:
        self.notes = [folder / "one", folder / "two"]
        command = [sys.executable, "-c", SCRIPT, *map(str, self.notes), *how]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self.process.stdout
        assert self.process.stdout.readline() == b"ready\n"
        _wait_until(lambda: all(note.is_file() and note.read_text() for note in self.notes))
        self.pids = [int(note.read_text()) for note in self.notes]

    def have_ended_politely(self) -> bool:
        return all(note.with_suffix(".ended").is_file() for note in self.notes)


@pytest.fixture
def pair(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Pair]:
    pair = Pair(tmp_path, *getattr(request, "param", ()))
    yield pair
    if pair.process.poll() is None:
        for number in (*pair.pids, pair.process.pid):
            os.kill(number, signal.SIGKILL)
    pair.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_both_in_good_order(pair: Pair, number: signal.Signals) -> None:
    pair.process.send_signal(number)

    assert pair.process.wait(PATIENCE_SECONDS) == 0
    assert pair.have_ended_politely()


@pytest.mark.parametrize("pair", [["waits"]], indirect=True)
def test_a_second_signal_ends_at_once_what_waits_for_its_requests(pair: Pair) -> None:
    pair.process.send_signal(signal.SIGTERM)
    _wait_until(pair.have_ended_politely)
    before = pair.process.poll()

    pair.process.send_signal(signal.SIGTERM)

    assert before is None
    assert pair.process.wait(PATIENCE_SECONDS) == 0


def test_when_one_is_killed_the_other_ends_and_the_status_tells(pair: Pair) -> None:
    os.kill(pair.pids[0], signal.SIGKILL)

    assert pair.process.wait(PATIENCE_SECONDS) == -signal.SIGKILL % 256
    assert pair.notes[1].with_suffix(".ended").is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="children die with their parent on Linux")
def test_both_end_when_what_holds_them_together_is_killed(pair: Pair) -> None:
    pair.process.kill()

    _wait_until(pair.have_ended_politely)


def _wait_until(condition: object) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("command", [side_by_side.main, worker.main])
@pytest.mark.parametrize(
    ("argument", "status", "told"), [("--help", 0, "Usage"), ("--port=9000", 2, "--port")]
)
def test_who_asks_for_help_or_for_what_there_is_not_starts_nothing(
    command: click.Command, argument: str, status: int, told: str
) -> None:
    done = CliRunner().invoke(command, [argument])

    assert (done.exit_code, told in done.output) == (status, True)
