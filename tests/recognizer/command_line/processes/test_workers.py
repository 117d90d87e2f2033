"""Several processes answer; none of them can take the run along, and none is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.recognizer.command_line.pictures import picture, write_pictures
from tests.recognizer.commands import ONE, Command, process, write_lines
from tests.recognizer.waiting import eventually

pytestmark = pytest.mark.usefixtures("working_folder")

PICTURES = 800  # more than are answered while a test looks

# Python imports this before anything else: a decoder with two holes in it.
_SPOILT = """
import os, signal, sys
from recognizer.recognizer import Recognizer

recognize_picture = Recognizer.recognize_picture

def spoilt(self, content, mode="auto"):
    if b"crash" in content:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"once" in content and not os.path.exists("crashed"):
        os.mkdir("crashed")
        os.kill(os.getpid(), signal.SIGKILL)
    if b"mistake" in content:
        raise ValueError("a mistake")
    return recognize_picture(self, content, mode)

Recognizer.recognize_picture = spoilt
if os.environ.get("NO_WORKERS") and any("spawn_main" in word for word in sys.orig_argv):
    os._exit(3)
"""


@pytest.fixture
def spoilt(tmp_path: Path) -> str:
    """The value of PYTHONPATH with which a picture that says "crash" ends the process."""
    (tmp_path / "spoilt").mkdir()
    (tmp_path / "spoilt" / "sitecustomize.py").write_text(_SPOILT)
    return os.pathsep.join((str(tmp_path / "spoilt"), os.environ["PYTHONPATH"]))


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_answers_come_in_the_order_of_the_files(
    command: Command, tmp_path: Path, jobs: str
) -> None:
    write_pictures(tmp_path / "folder", 60)
    write_lines(tmp_path / "folder" / "000030.jsonl", [ONE] * 100)
    (tmp_path / "folder" / "000010.png").write_bytes(picture(size=900))  # takes longer
    (tmp_path / "folder" / "000020.png").write_bytes(picture()[:40])

    done = command("--jobs", jobs, "folder")

    pictures = [(f"folder/{at:06d}.png", "1") for at in range(60) if at != 20]
    lines = [("folder/000030.jsonl", str(line)) for line in range(1, 101)]
    assert _places(done.stdout) == sorted([*pictures, *lines], key=lambda place: place[0])
    assert done.stderr.startswith("folder/000020.png:1: image")
    assert done.stderr.count("\n") == 1
    assert done.returncode == 1


def test_many_drawings_of_a_stream_are_answered_in_their_order(command: Command) -> None:
    text = (json.dumps(ONE) + "\n") * 3000

    done = command("--jobs", "2", "-", stdin=text.encode())

    assert _places(done.stdout) == [("-", str(line)) for line in range(1, 3001)]


def test_a_picture_that_crashes_its_decoder_is_named_and_the_rest_answered(
    tmp_path: Path, spoilt: str
) -> None:
    files = write_pictures(tmp_path / "folder", 40)
    for bad in (3, 21):
        files[bad].write_bytes(picture() + b"crash")
    files[30].write_bytes(picture() + b"mistake")

    done = process("--jobs", "2", "folder", PYTHONPATH=spoilt)

    good = [(f"folder/{at:06d}.png", "1") for at in range(40) if at not in (3, 21, 30)]
    assert _places(done.stdout) == good
    assert done.stderr == (
        "folder/000003.png:1: cannot be answered: its process was ended by SIGSEGV\n"
        "folder/000021.png:1: cannot be answered: its process was ended by SIGSEGV\n"
        "folder/000030.png:1: cannot be answered: ValueError: a mistake\n"
    )
    assert done.returncode == 1


def test_a_picture_whose_process_was_killed_once_is_answered(tmp_path: Path, spoilt: str) -> None:
    (tmp_path / "one.png").write_bytes(picture() + b"once")

    done = process("one.png", PYTHONPATH=spoilt)

    assert (tmp_path / "crashed").is_dir()
    assert done.stdout.startswith("one.png\t1\t")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_crash_of_the_only_process_is_an_error_in_json(tmp_path: Path, spoilt: str) -> None:
    (tmp_path / "one.png").write_bytes(picture() + b"crash")
    (tmp_path / "two.png").write_bytes(picture())

    done = process("--json", "--jobs", "1", "one.png", "two.png", PYTHONPATH=spoilt)

    crashed, answered = map(json.loads, done.stdout.splitlines())
    message = "cannot be answered: its process was ended by SIGSEGV"
    assert crashed == {"file": "one.png", "line": 1, "error": {"message": message}}
    assert (answered["file"], done.returncode) == ("two.png", 1)


def test_without_processes_it_ends_with_status_2(tmp_path: Path, spoilt: str) -> None:
    (tmp_path / "one.png").write_bytes(picture())

    done = process("one.png", PYTHONPATH=spoilt, NO_WORKERS="1")

    assert done.stderr == "no process to answer can be started: its process ended with status 3\n"
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize(
    ("number", "said"),
    [("0", "must be 1 to 1024"), ("-1", "must be 1"), ("many", "takes a whole number, not 'many'")],
)
def test_a_number_of_jobs_that_is_none_is_wrong_usage(
    command: Command, number: str, said: str
) -> None:
    done = command(f"--jobs={number}", "-")

    assert done.stderr.startswith("usage: python -m recognizer")
    assert f"argument --jobs: {said}" in done.stderr
    assert done.returncode == 2


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command amid a folder of many pictures, some of them answered."""
    write_pictures(tmp_path / "folder", PICTURES)
    arguments = ("--jobs", "2", "--output", "out", "folder")
    running = subprocess.Popen(
        [sys.executable, "-m", "recognizer", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_heed_ctrl_c,
    )
    assert eventually(lambda: (tmp_path / "out").is_file() and _rows(tmp_path) >= 20)
    yield running
    running.kill()
    running.communicate()


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_was_ended_leaves_whole_lines_and_no_process_and_can_be_gone_on_with(
    running: subprocess.Popen[bytes], tmp_path: Path, signal_number: signal.Signals
) -> None:
    assert len(_processes_in(tmp_path)) > 1

    os.killpg(running.pid, signal_number)  # as a terminal does it for Ctrl-C
    _, messages = running.communicate(timeout=60)

    assert running.returncode == (130 if signal_number == signal.SIGINT else -signal_number)
    assert messages == (b"interrupted\n" if signal_number == signal.SIGINT else b"")
    assert eventually(lambda: not _processes_in(tmp_path))
    assert 20 <= _rows(tmp_path) < PICTURES
    assert (tmp_path / "out").read_bytes().endswith(b"\n")
    resumed = process("--output", "out", "--resume", "folder")
    names = [(f"folder/{at:06d}.png", "1") for at in range(PICTURES)]
    assert _places((tmp_path / "out").read_text()) == names
    assert resumed == (0, "", "")


def test_a_worker_that_is_killed_loses_nothing(
    running: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    for process_id in _processes_in(tmp_path):
        if b"spawn_main" in Path(f"/proc/{process_id}/cmdline").read_bytes():
            os.kill(process_id, signal.SIGKILL)

    _, messages = running.communicate(timeout=60)

    assert messages == b""
    assert _rows(tmp_path) == PICTURES
    assert running.returncode == 0


def _heed_ctrl_c() -> None:
    """What runs in a shell's background, as a whole CI may, inherits that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _processes_in(folder: Path) -> set[int]:
    """Processes whose working folder it is."""
    found = set()
    for process_folder in Path("/proc").glob("[0-9]*"):
        try:
            working_folder = os.readlink(process_folder / "cwd")
            is_alive = (process_folder / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except OSError:
            continue
        if working_folder == str(folder) and is_alive:
            found.add(int(process_folder.name))
    return found - {os.getpid()}


def _rows(folder: Path) -> int:
    return (folder / "out").read_bytes().count(b"\n")


def _places(answers: str) -> list[tuple[str, str]]:
    return [(row.split("\t")[0], row.split("\t")[1]) for row in answers.splitlines()]
