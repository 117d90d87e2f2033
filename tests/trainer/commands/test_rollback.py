from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.pointer import read_current
from tests.trainer.small_runs import network, write_run
from trainer.command_line import main

Output = pytest.CaptureFixture[str]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Three runs, activated one after the other by force, for they recognise nothing."""
    content = network(np.zeros((784, 10), np.float32))
    for name in ("A", "B", "C"):
        write_run(tmp_path, name, content)
        arguments = ["activate", name, "--models", str(tmp_path), "--data-dir", str(tmp_path)]
        (tmp_path / "mnist.npz").write_bytes(b"")  # so that Keras fetches nothing
        assert main([*arguments, "--force", "a test"]) == 0
    return tmp_path


def test_rollback_serves_the_run_before_and_says_so(models: Path, capsys: Output) -> None:
    capsys.readouterr()

    assert main(["rollback", "--reason", "it says 4 to a 9", "--models", str(models)]) == 0

    assert capsys.readouterr().out == "B is served again; until now it was C\n"
    assert read_current(models) == "B"


def test_a_removed_run_is_skipped(models: Path, capsys: Output) -> None:
    main(["remove", "B", "--yes", "--models", str(models)])
    capsys.readouterr()

    assert main(["rollback", "--models", str(models)]) == 0

    skipped, done = capsys.readouterr().out.splitlines()
    assert skipped.startswith("skipped B: run.json cannot be read")
    assert done == "A is served again; until now it was C"


def test_at_the_beginning_there_is_nowhere_to_go(models: Path, capsys: Output) -> None:
    for _ in range(2):
        main(["rollback", "--models", str(models)])

    assert main(["rollback", "--models", str(models)]) == 2

    assert "there is no run to go back to" in capsys.readouterr().err
    assert read_current(models) == "A"
