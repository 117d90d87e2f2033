"""The file ``current`` names the run that is served, and is only ever replaced as a whole."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recognizer.errors import NoModelError, RunError
from recognizer.runs.pointer import read_current
from recognizer.runs.registry import Registry, activate
from tests.recognizer.waiting import eventually

MakeRun = Callable[..., Path]
MakeNetwork = Callable[..., bytes]
PICTURE = np.ones((1, 28, 28, 1), np.float32)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"../first", b"/first", b"first\nsecond", b"\xff", b"\x00", b"x" * 5000, b"none"],
)
def test_a_current_that_names_no_run_is_no_model(models_folder: Path, content: bytes) -> None:
    (models_folder / "current").write_bytes(content)
    registry = Registry(models_folder)

    with pytest.raises(NoModelError):
        registry.current()

    assert registry.last_error


def test_a_current_that_is_a_folder_is_no_model(models_folder: Path) -> None:
    (models_folder / "current").mkdir()

    with pytest.raises(NoModelError, match="current cannot be read"):
        Registry(models_folder).current()


def test_spaces_and_line_ends_around_the_name_do_not_matter(
    models_folder: Path, make_run: MakeRun
) -> None:
    make_run("first")
    (models_folder / "current").write_bytes(b"  first \r\n")

    assert Registry(models_folder).current().name == "first"


def test_a_refused_run_cannot_be_activated(
    registry: Registry, models_folder: Path, make_run: MakeRun
) -> None:
    make_run("second", preprocessing_version=0)

    for name in ("second", "third", "../first"):
        with pytest.raises(RunError):
            activate(models_folder, name)

    assert (models_folder / "current").read_text() == "first\n"


def test_activating_leaves_no_other_file_and_lets_others_read_it(
    models_folder: Path, make_run: MakeRun
) -> None:
    make_run("first")

    activate(models_folder, "first")

    assert sorted(path.name for path in models_folder.iterdir()) == ["current", "first"]
    other = models_folder / "other"
    other.touch()
    assert (models_folder / "current").stat().st_mode == other.stat().st_mode


def test_a_file_system_that_syncs_no_folders_holds_a_current_all_the_same(
    models_folder: Path, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")

    make_run("first")
    monkeypatch.setattr(os, "fsync", sync)

    activate(models_folder, "first")

    assert read_current(models_folder) == "first"


def test_readers_see_whole_runs_only_while_runs_are_swapped_under_them(
    registry: Registry, models_folder: Path, make_run: MakeRun, make_network: MakeNetwork
) -> None:
    make_run("second", network=make_network(seed=2))
    expected = {}
    for name in ("second", "first"):
        activate(models_folder, name)
        expected[name] = Registry(models_folder).current().engine.probabilities(PICTURE).tolist()
    registry.start_watching()
    seen: set[str] = set()
    wrong: list[str] = []
    torn: list[str] = []
    stop = threading.Event()

    def hammer() -> None:
        while not stop.is_set():
            run = registry.current()
            seen.add(run.name)
            if run.engine.probabilities(PICTURE).tolist() != expected[run.name]:
                wrong.append(run.name)
            text = (models_folder / "current").read_text()
            if text not in ("first\n", "second\n"):
                torn.append(text)

    threads = [threading.Thread(target=hammer) for _ in range(3)]
    for thread in threads:
        thread.start()
    for name in ("second", "first") * 5:
        activate(models_folder, name)
        assert eventually(lambda name=name: registry.current().name == name)  # type: ignore[misc]
    stop.set()
    for thread in threads:
        thread.join()

    assert seen == {"first", "second"}
    assert (wrong, torn) == ([], [])
