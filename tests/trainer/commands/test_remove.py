from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.pointer import activate
from tests.trainer.small_runs import network, write_run
from trainer.command_line import main
from trainer.runs.state import held

Output = pytest.CaptureFixture[str]
CTRL_D = b"\x04"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Three runs, A of them served."""
    content = network(np.zeros((784, 10), np.float32))
    folder = tmp_path / "models"
    for name in ("A", "B", "C"):
        write_run(folder, name, content)
    activate(folder, "A")
    return folder


def _left(models: Path) -> list[str]:
    return sorted(path.name for path in models.iterdir())


def test_runs_are_removed_with_all_their_files(models: Path, capsys: Output) -> None:
    assert main(["remove", "B", "C", "B", "--yes", "--models", str(models)]) == 0

    assert capsys.readouterr().out == "removed B\nremoved C\n"
    assert _left(models) == ["A", "current"]


@pytest.mark.parametrize("name", ["A", "current"])
def test_the_served_run_is_not_removed_and_no_other_with_it(
    models: Path, capsys: Output, name: str
) -> None:
    assert main(["remove", "B", name, "--yes", "--models", str(models)]) == 2

    assert "A is the run that is served" in capsys.readouterr().err
    assert _left(models) == ["A", "B", "C", "current"]


def test_a_training_is_not_removed(models: Path, capsys: Output) -> None:
    write_run(models, "D", b"", status="running")

    with held(models / "D"):
        status = main(["remove", "D", "--yes", "--models", str(models)])

    assert status == 2
    assert "D is running; stop it first" in capsys.readouterr().err
    assert "D" in _left(models)


def test_a_run_whose_process_was_killed_and_a_broken_one_are_removed(models: Path) -> None:
    write_run(models, "D", b"", status="running")
    (models / "E").mkdir()

    assert main(["remove", "D", "E", "--yes", "--models", str(models)]) == 0

    assert _left(models) == ["A", "B", "C", "current"]


def test_a_name_that_leads_elsewhere_or_to_no_run_removes_nothing(
    models: Path, capsys: Output
) -> None:
    for name in ("..", "absent", "README.md"):
        (models / "README.md").touch()
        assert main(["remove", "B", name, "--yes", "--models", str(models)]) == 2

    assert _left(models) == ["A", "B", "C", "README.md", "current"]


def test_without_a_terminal_nothing_is_removed_unasked(
    models: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(os.devnull) as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        assert main(["remove", "B", "--models", str(models)]) == 2

    assert "--yes" in capsys.readouterr().err
    assert "B" in _left(models)


@pytest.mark.parametrize(
    ("answer", "status", "left"), [(b"y\n", 0, False), (b"\n", 1, True), (CTRL_D, 1, True)]
)
def test_a_person_on_a_terminal_is_asked(
    models: Path, answer: bytes, status: int, left: bool
) -> None:
    person, terminal = pty.openpty()
    os.write(person, answer)
    command = [sys.executable, "-m", "trainer", "remove", "B", "--models", str(models)]

    done = subprocess.run(command, cwd=ROOT, stdin=terminal, capture_output=True, text=True)

    os.close(person)
    os.close(terminal)
    assert done.returncode == status
    assert "remove this run for good? [y/N]" in done.stdout
    assert (models / "B").exists() == left


def test_what_an_interrupted_removal_left_goes_with_the_next(models: Path) -> None:
    (models / "B").rename(models / ".removed-B-1234")

    assert main(["remove", "C", "--yes", "--models", str(models)]) == 0

    assert _left(models) == ["A", "current"]


def test_of_a_run_that_lies_elsewhere_only_the_link_is_removed(
    models: Path, tmp_path: Path
) -> None:
    (models / "B").rename(tmp_path / "B")
    (models / "B").symlink_to(tmp_path / "B")

    assert main(["remove", "B", "--yes", "--models", str(models)]) == 0

    assert "B" not in _left(models)
    assert (tmp_path / "B" / "run.json").exists()
