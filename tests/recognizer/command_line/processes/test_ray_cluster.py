"""The same command on a real Ray cluster of several machines' processes, one of which is killed."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.recognizer.command_line.pictures import picture, write_pictures
from tests.recognizer.commands import BROKEN, ONE, process, write_lines
from tests.recognizer.waiting import eventually

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("working_folder")]


@dataclass(frozen=True)
class Cluster:
    """Two machines that answer, and the variables of whoever belongs to the cluster."""

    process: subprocess.Popen[str]
    variables: dict[str, str]
    address: str

    def kill_a_machine(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    pytest.importorskip("ray", reason="needs requirements/ray.txt")
    variables = {
        "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_USAGE_STATS_ENABLED": "0",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("ray_nodes.py"), "2"],
        env={**os.environ, **variables, "PYTHONPATH": str(Path(__file__).parents[4])},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    address = process.stdout.readline().strip()
    assert address, "the cluster did not start"
    yield Cluster(process, variables, address)
    process.stdin.close()
    try:
        process.wait(timeout=60)
    finally:
        process.kill()
        process.stdout.close()


def test_a_cluster_answers_as_this_machine_does(cluster: Cluster, tmp_path: Path) -> None:
    write_pictures(tmp_path / "folder", 60)
    write_lines(tmp_path / "folder" / "000030.jsonl", [ONE, BROKEN, *[ONE] * 1000])
    (tmp_path / "folder" / "000020.png").write_bytes(picture()[:40])

    here = process("--jobs", "1", "folder")
    there = process(f"--ray={cluster.address}", "folder", stdin=b"", **cluster.variables)

    assert there == here
    assert here.stdout.count("\n") == 1060


def test_a_run_that_may_not_be_served_is_told(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(picture())

    done = process(
        "--run", "none", "one.png", f"--ray={cluster.address}", stdin=b"", **cluster.variables
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("none: run.json cannot be read")


def test_where_no_cluster_is_that_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(picture())

    done = process("one.png", "--ray=127.0.0.1:9")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("no Ray cluster answers at 127.0.0.1:9: ")


@pytest.mark.parametrize("words", [("--ray", "scans"), ("--ray=somewhere", "scans")])
def test_what_is_no_address_is_wrong_usage(words: tuple[str, ...]) -> None:
    done = process(*words)

    assert done.returncode == 2
    assert "is not HOST:PORT" in done.stderr


def test_a_killed_machine_and_a_killed_command_lose_nothing_and_repeat_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    write_pictures(tmp_path / "folder", 800)
    arguments = ("folder", f"--ray={cluster.address}", "--output", "out")
    command = subprocess.Popen(
        [sys.executable, "-m", "recognizer", *arguments],
        env={**os.environ, **cluster.variables}, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert eventually(lambda: _rows(tmp_path) >= 20, seconds=60)  # a command of its own starts

    cluster.kill_a_machine()
    at_the_kill = _rows(tmp_path)
    assert eventually(lambda: _rows(tmp_path) >= at_the_kill + 150)
    os.kill(command.pid, signal.SIGKILL)
    _, messages = command.communicate(timeout=60)
    before = (tmp_path / "out").read_bytes()
    resumed = process(*arguments, "--resume", stdin=b"", **cluster.variables)

    rows = (tmp_path / "out").read_bytes()
    assert (messages, resumed) == (b"", (0, "", ""))
    assert at_the_kill < 800
    assert 0 < before.count(b"\n") < 800
    assert rows.startswith(before[: before.rindex(b"\n") + 1])
    assert [row.split(b"\t")[0] for row in rows.splitlines()] == [
        b"folder/%06d.png" % at for at in range(800)
    ]


def _rows(folder: Path) -> int:
    out = folder / "out"
    return out.read_bytes().count(b"\n") if out.is_file() else 0
