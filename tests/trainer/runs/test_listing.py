from __future__ import annotations

from pathlib import Path

import pytest

from recognizer.errors import NoModelError, RunError
from recognizer.runs.pointer import activate
from tests.trainer.small_runs import network, write_run
from trainer.runs.listing import current_name, list_runs, resolve_run
from trainer.runs.state import held


@pytest.fixture(scope="module")
def content() -> bytes:
    import numpy as np

    return network(np.zeros((784, 10), np.float32))


def test_a_run_is_listed_with_what_its_run_json_tells(tmp_path: Path, content: bytes) -> None:
    write_run(tmp_path, "B", content)
    write_run(tmp_path, "A", content)
    activate(tmp_path, "B")

    first, second = list_runs(tmp_path)

    assert (first.name, first.is_current, second.name, second.is_current) == ("A", False, "B", True)
    assert (first.status, first.recipe, first.mnist) == ("finished", "dense-512", 0.99)
    assert (first.drawings, first.parameters, first.seconds) == (None, 7850, 61.2)
    assert first.started == "2026-11-21T00:36:38Z"


def test_a_killed_run_is_told_from_one_that_still_trains(tmp_path: Path, content: bytes) -> None:
    killed = write_run(tmp_path, "A", content, status="running")
    training = write_run(tmp_path, "B", content, status="running")
    (killed / ".lock").touch()

    with held(training):
        lines = list_runs(tmp_path)

    assert [line.status for line in lines] == ["failed", "running"]
    assert "is gone" in str(lines[0].problem)


@pytest.mark.parametrize(
    "text", [None, "", "{", "7", '{"format": 2}', '{"format": 1, "name": "B"}']
)
def test_a_broken_folder_is_listed_as_such(
    tmp_path: Path, content: bytes, text: str | None
) -> None:
    write_run(tmp_path, "B", content)
    (tmp_path / "A").mkdir()
    if text is not None:
        (tmp_path / "A" / "run.json").write_text(text)

    broken, whole = list_runs(tmp_path)

    assert (broken.name, broken.status, whole.status) == ("A", "broken", "finished")
    assert "A: run.json" in str(broken.problem)


@pytest.mark.parametrize(
    "odd", [None, 7, "none", [], {"model": 7, "mnist_test": {"accuracy": "x"}}]
)
def test_a_run_json_that_tells_less_or_otherwise_leaves_gaps(
    tmp_path: Path, content: bytes, odd: object
) -> None:
    write_run(tmp_path, "A", content, metrics=odd, networks=odd, times=odd, recipe=None)

    (line,) = list_runs(tmp_path)

    assert (line.mnist, line.parameters, line.seconds, line.recipe) == (None, None, None, None)


def test_files_and_hidden_folders_are_no_runs(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    (tmp_path / ".removed-A").mkdir()

    assert list_runs(tmp_path) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="absent cannot be read"):
        list_runs(tmp_path / "absent")


def test_current_stands_for_the_served_run(tmp_path: Path, content: bytes) -> None:
    write_run(tmp_path, "A", content)
    with pytest.raises(NoModelError):
        resolve_run(tmp_path, "current")
    activate(tmp_path, "A")

    assert resolve_run(tmp_path, "current") == resolve_run(tmp_path, "A") == tmp_path / "A"
    assert current_name(tmp_path) == "A"


@pytest.mark.parametrize("text", ["absent", "README.md", "../outside", "", "/"])
def test_what_names_no_run_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "README.md").touch()

    with pytest.raises(RunError):
        resolve_run(tmp_path, text)
