"""What people type, and what is wrong with their machines: one sentence each, never a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recognizer import VERSION
from recognizer.runs.pointer import activate
from tests.trainer.small_runs import write_run
from trainer.command_line import main

ROOT = Path(__file__).resolve().parents[3]
TRAINING = "keras,tensorflow,tf2onnx,scipy,sklearn,matplotlib,optuna"
_BLOCKER = """\
import os, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in os.environ["BLOCKED"].split(","):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocker())
"""
_SEVERAL = """\
import contextlib, io, json, sys
from trainer.command_line import main

results = []
for command in sys.argv[1:]:
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            status = main(command.split())
        except SystemExit as end:
            status = int(end.code or 0)
    results.append((status, said.getvalue()))
print(json.dumps(results))
"""


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a Python that finds no training packages, as after serve.txt alone."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "sitecustomize.py").write_text(_BLOCKER)
    return {**os.environ, "PYTHONPATH": str(folder), "BLOCKED": TRAINING}


def _run_all(commands: Sequence[str], environment: dict[str, str]) -> list[tuple[int, str]]:
    """Status and messages of several commands of the trainer, one behind the other in a process."""
    done = subprocess.run(
        [sys.executable, "-c", _SEVERAL, *commands],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return [(status, said) for status, said in json.loads(done.stdout)]


def _run(command: str, environment: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def _error(capsys: pytest.CaptureFixture[str], command: str) -> tuple[int, str]:
    try:
        status = main(command.split())
    except SystemExit as exit_:  # as argparse ends
        status = int(exit_.code or 0)
    return status, capsys.readouterr().err.strip().rpartition("\n")[2]


def test_the_release_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"Nét {VERSION} (Python 3.")
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()  # 3.10: no tomllib


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("trian ink", "did you mean 'train'?"),
        ("data fecth", "did you mean 'fetch'?"),
        ("data fetch mnits", "did you mean 'mnist'?"),
        ("list --sort drawing", "did you mean 'drawings'?"),
        ("train ink --modles here", "did you mean '--models'?"),
        ("train inc", "did you mean 'ink'?"),
        ("train conv_100 --set epochs=0", "did you mean 'conv-100'?"),
        ("train ink --set epoch=3", "did you mean 'epochs'?"),
        ("train ink --preset tyr", "did you mean 'try'?"),
        ("export current --format onxx", "did you mean 'onnx'?"),
        ("train ink --epochs 3", "say --set epochs=3"),
        ("train ink --epochs=3", "say --set epochs=3"),
        ("train ink epochs=3", "say --set epochs=3"),
        ("train ink --batch-size 64", "say --set batch_size=64"),
        ("train ink --lr 0.01", "say --set learning_rate=0.01"),
        ("train --epochs ink", "say --set epochs=VALUE"),
        ("tune conv-tuned --trials 3 --epochs 2", "say --set epochs=2"),
        ("tune conv-tuned --trials 0", "tune RECIPE --trials 30"),
        ("train ink --set epochs=abc", "epochs takes a whole number, not 'abc'"),
        ("train ink --seed abc", "argument --seed: takes a whole number, not 'abc'"),
        ("tune conv-tuned --timeout soon", "argument --timeout: takes a number, not 'soon'"),
        ("data fetch mnist --retries -1", "argument --retries: must be 0 or more"),
        ("list --last 0", "argument --last: must be 1 or more"),
        ("train", "name a recipe, or a run behind --resume"),
        ("train --resume x --set epochs=3", "--set cannot be changed for a run that exists"),
    ],
)
def test_what_was_probably_meant_is_said(
    capsys: pytest.CaptureFixture[str], command: str, sentence: str
) -> None:
    status, said = _error(capsys, command)

    assert status == 2
    assert sentence in said


@pytest.mark.parametrize("command", ["show", "train --resume", "activate", "remove"])
def test_a_run_that_is_not_there_is_guessed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    (tmp_path / "20261121T030506Z-ink").mkdir()

    status, said = _error(capsys, f"{command} 20261121T030506Z-inc --models {tmp_path}")

    assert status == 2
    assert "did you mean '20261121T030506Z-ink'?" in said


@pytest.mark.slow
def test_a_missing_package_is_named_with_what_installs_it(without: dict[str, str]) -> None:
    commands = [
        "tune conv-tuned --trials 1", "tune --list", "evaluate --output .", "report",
        "export current --format onnx", "data show .", "upgrade current",
    ]  # fmt: skip

    answers = [_run("trainer train ink", without), *_run_all(commands, without)]

    for status, said in answers:
        assert status == 2
        assert said.startswith("trainer: the package '")
        assert said.endswith("' is not installed; this installs what is needed: pip install -r "
                             "requirements.txt\n")  # fmt: skip
        assert said.count("\n") == 1


def test_what_needs_no_training_packages_works_without(without: dict[str, str]) -> None:
    commands = ["list", "show", "recipes", "recipes ink", "--version"]

    assert _run_all(commands, without) == [(0, "")] * len(commands)


def test_a_run_is_measured_without_training_packages(
    without: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "7").mkdir()
    ink = np.zeros((28, 28), np.uint8)
    ink[6, 6:22] = ink[6:24, 14] = 255
    Image.fromarray(ink).save(tmp_path / "7" / "one.png")

    assert _run(f"trainer evaluate current --data {tmp_path}", without) == (0, "")


@pytest.mark.parametrize("program", ["trainer", "recognizer"])
@pytest.mark.parametrize("package", ["numpy", "rich"])
def test_every_program_names_the_package_that_it_cannot_start_without(
    without: dict[str, str], program: str, package: str
) -> None:
    status, said = _run(f"{program} --version", {**without, "BLOCKED": package})

    assert status == 2
    assert said.startswith(f"{program}: the package '{package}' is not installed")
    assert said.count("\n") == 1


def test_activating_without_data_says_how_to_get_it(
    without: dict[str, str], tmp_path: Path
) -> None:
    status, said = _run(f"trainer activate current --check --data-dir {tmp_path}", without)

    assert status == 2
    assert "python -m trainer data fetch brings it" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("train dense-512 --queue --models /proc/net", "/proc/net"),
        ("train dense-512 --queue --models {file}/models", "Not a directory"),
        ("remove x --models {file}", "there is no run x"),
        ("rollback --models /nowhere", "/nowhere: No such file or directory"),
        ("list --models /nowhere", "/nowhere cannot be read: No such file or directory"),
        ("train dense-512 --data-dir /nowhere", "/nowhere does not exist"),
        ("train dense-512 --add /nowhere", "there is no /nowhere"),
    ],
)
def test_a_place_that_cannot_be_used_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, reason: str
) -> None:
    file = tmp_path / "file"
    file.write_text("")

    status, said = _error(capsys, command.format(file=file))

    assert status == 2
    assert said.startswith("trainer: ")
    assert reason in said


def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "trainer", "recipes"],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip

    assert done.returncode == 2
    assert done.stderr == "trainer: the disk is full; make room and try again\n"


def test_what_the_locales_encoding_has_not_ends_no_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_run(tmp_path, "A", b"", recipe="mạng nhỏ")
    activate(tmp_path, "A")
    for arguments, told in (("list", "mạng nhỏ"), ("show A --json", '"recipe": "mạng nhỏ"')):
        output = io.BytesIO()
        monkeypatch.setattr("sys.stdout", io.TextIOWrapper(output, "cp1252"))

        assert main([*arguments.split(), "--models", str(tmp_path)]) == 0

        assert told.encode("cp1252", "backslashreplace") in output.getvalue()


def test_a_reader_that_stops_ends_it_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "trainer", "recipes"],
        cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    os.close(writing)

    assert (done.returncode, done.stderr) == (141, b"")


def test_presets_are_told_with_the_time_that_they_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["recipes", "strokes"]) == 0

    said = capsys.readouterr().out
    assert "--preset try     about 1 minute: epochs=2, samples_per_epoch=4000" in said
    assert "--preset lesson  about " in said
    assert "--preset full    about " in said
