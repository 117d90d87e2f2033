"""The registry serves the current run, swaps it without a pause and never serves a broken one."""

from __future__ import annotations

import gc
import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recognizer.errors import NoModelError
from recognizer.runs.registry import Registry, activate
from tests.recognizer.waiting import eventually, watchers

MakeRun = Callable[..., Path]
MakeNetwork = Callable[..., bytes]
PICTURE = np.ones((1, 28, 28, 1), np.float32)


def test_the_current_run_is_served(registry: Registry) -> None:
    assert registry.current().name == "first"
    assert registry.current() is registry.current()
    assert registry.last_error is None


def test_without_a_current_there_is_no_model_until_one_is_activated(
    models_folder: Path, make_run: MakeRun
) -> None:
    registry = Registry(models_folder)
    make_run("first")

    with pytest.raises(NoModelError, match="current does not exist"):
        registry.current()

    activate(models_folder, "first")
    assert registry.current().name == "first"


def test_a_models_folder_that_does_not_exist_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(NoModelError, match="current does not exist"):
        Registry(tmp_path / "nowhere").current()


def test_without_a_watcher_the_run_stays(
    registry: Registry, models_folder: Path, make_run: MakeRun
) -> None:
    registry.current()

    make_run("second")
    activate(models_folder, "second")

    assert registry.current().name == "first"


def test_a_watcher_picks_up_a_new_current_by_itself(
    registry: Registry, models_folder: Path, make_run: MakeRun
) -> None:
    registry.current()
    registry.start_watching()

    make_run("second")
    activate(models_folder, "second")

    assert eventually(lambda: registry.current().name == "second")


def test_a_watcher_loads_the_first_run_too(registry: Registry, models_folder: Path) -> None:
    (models_folder / "current").unlink()
    registry.start_watching()
    assert eventually(lambda: registry.last_error is not None)

    activate(models_folder, "first")

    assert eventually(lambda: registry.last_error is None)
    assert registry.current().name == "first"


def test_a_broken_run_leaves_the_old_one_serving_and_says_why(
    registry: Registry,
    models_folder: Path,
    make_run: MakeRun,
    caplog: pytest.LogCaptureFixture,
) -> None:
    registry.current()
    registry.start_watching()
    run = make_run("second")
    (run / "model.onnx").write_bytes(b"broken")
    (models_folder / "next").write_text("second")

    (models_folder / "next").replace(models_folder / "current")

    assert eventually(lambda: registry.last_error is not None)
    assert "model.onnx" in str(registry.last_error)
    assert registry.current().name == "first"
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "still serving first: second: 'model.onnx'" in record.getMessage()


def test_a_deleted_current_leaves_the_old_run_serving(
    registry: Registry, models_folder: Path
) -> None:
    registry.current()
    registry.start_watching()

    (models_folder / "current").unlink()

    assert eventually(lambda: "does not exist" in str(registry.last_error))
    assert registry.current().name == "first"


def test_going_back_from_a_broken_run_clears_the_error(
    registry: Registry, models_folder: Path
) -> None:
    registry.current()
    (models_folder / "current").write_text("broken")
    registry.refresh()
    assert registry.last_error is not None

    activate(models_folder, "first")
    registry.refresh()

    assert registry.last_error is None


def test_a_run_that_was_repaired_is_served(
    registry: Registry, models_folder: Path, make_run: MakeRun
) -> None:
    registry.current()
    whole = make_run("second")
    text = (whole / "run.json").read_text()
    (whole / "run.json").write_text("{")
    (models_folder / "current").write_text("second")
    registry.refresh()
    assert registry.current().name == "first"

    (whole / "run.json").write_text(text)
    registry.refresh()

    assert registry.current().name == "second"


def test_a_run_that_is_still_being_copied_is_served_when_it_is_whole(
    registry: Registry, models_folder: Path, make_run: MakeRun, tmp_path: Path
) -> None:
    whole = make_run("second").rename(tmp_path / "second")
    registry.current()
    registry.start_watching()
    (models_folder / "current").write_text("second")
    (models_folder / "second").mkdir()

    for file in ("run.json", "model.onnx", "samples.json", "run.json.sha256"):
        assert registry.current().name == "first"
        shutil.copy(whole / file, models_folder / "second")

    assert eventually(lambda: registry.current().name == "second")


def test_a_broken_run_is_not_read_again_before_something_changes(
    registry: Registry, models_folder: Path, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.current()
    make_run("second", status="failed")
    (models_folder / "current").write_text("second")
    registry.refresh()
    reads: list[object] = []
    monkeypatch.setattr("recognizer.runs.registry.load_run", lambda *names: reads.append(names))

    for _ in range(3):
        registry.refresh()

    assert reads == []


def test_an_input_output_error_is_tried_again_by_itself(
    registry: Registry, models_folder: Path, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.current()
    make_run("second")
    activate(models_folder, "second")
    read_bytes = Path.read_bytes
    failures = [OSError(5, "Input/output error")] * 3

    def flaky(path: Path) -> bytes:
        if failures and path.name == "run.json":
            raise failures.pop()
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", flaky)
    registry.start_watching()

    assert eventually(lambda: registry.current().name == "second")
    assert not failures


def test_an_unexpected_error_leaves_the_watcher_alive(
    registry: Registry, models_folder: Path, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.current()
    make_run("second")
    with monkeypatch.context() as patch:
        patch.setattr("recognizer.runs.registry.load_run", lambda *_: 1 / 0)
        registry.start_watching()
        activate(models_folder, "second")
        assert eventually(lambda: "division" in str(registry.last_error))

    assert eventually(lambda: registry.current().name == "second")


def test_requests_are_answered_while_a_new_run_is_loading(
    registry: Registry, models_folder: Path, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.current()
    make_run("second")
    loading, go_on = threading.Event(), threading.Event()
    from recognizer.runs.loaded_run import load_run

    def slow(*arguments: object) -> object:
        loading.set()
        go_on.wait()
        return load_run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("recognizer.runs.registry.load_run", slow)
    registry.start_watching()
    activate(models_folder, "second")
    assert loading.wait(20)

    assert registry.current().name == "first"

    go_on.set()
    assert eventually(lambda: registry.current().name == "second")


def test_a_watcher_started_twice_is_one_and_ends_when_told(registry: Registry) -> None:
    registry.start_watching()
    registry.start_watching()
    assert len(watchers()) == 1

    registry.stop_watching()
    assert watchers() == []
    registry.stop_watching()

    registry.start_watching()
    assert len(watchers()) == 1


def test_watchers_of_forgotten_registries_end_by_themselves(models_folder: Path) -> None:
    for _ in range(20):
        Registry(models_folder, poll_seconds=0.01).start_watching()
    gc.collect()

    assert eventually(lambda: not watchers())
