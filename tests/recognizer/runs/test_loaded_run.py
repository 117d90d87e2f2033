"""Only a run at its end whose files are unchanged and made for this geometry is loaded."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recognizer.errors import RunError
from recognizer.geometry import VERSION
from recognizer.runs.folder import read_details
from recognizer.runs.loaded_run import load_run

MakeRun = Callable[..., Path]
MakeNetwork = Callable[..., bytes]


def test_a_finished_run_is_loaded(models_folder: Path, make_run: MakeRun) -> None:
    make_run("20261120T225411Z-ink", calibration={"temperature": 1.25}, metrics={"mnist": 0.99})

    run = load_run(models_folder, "20261120T225411Z-ink")

    assert (run.name, run.recipe, run.temperature) == ("20261120T225411Z-ink", "ink", 1.25)
    assert run.details["metrics"] == {"mnist": 0.99}
    assert run.current() is run


def test_a_run_that_was_stopped_early_is_loaded(models_folder: Path, make_run: MakeRun) -> None:
    make_run("first", status="stopped")

    assert load_run(models_folder, "first").details["status"] == "stopped"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 2}, "format 2, not 1"),
        ({"format": None}, "format None, not 1"),
        ({"format": True}, "format True, not 1"),
        ({"name": "second"}, "name 'second', not 'first'"),
        ({"status": "running"}, "status 'running', not finished or stopped"),
        ({"status": "failed"}, "status 'failed'"),
        ({"status": None}, "status None"),
        ({"status": ["finished"]}, r"status \['finished'\]"),
        ({"labels": list("1234567890")}, "labels"),
        ({"labels": list(range(10))}, "labels"),
        ({"preprocessing_version": VERSION + 1}, f"preprocessing_version {VERSION + 1}, not"),
        ({"preprocessing_version": None}, "preprocessing_version None"),
        ({"files": None}, r"no checksum of model\.onnx"),
        ({"files": {"samples.json": "0" * 64}}, r"no checksum of model\.onnx"),
        ({"files": {"model.onnx": "0" * 64}}, r"model\.onnx' is not the file"),
        ({"files": {"model.onnx": None}}, r"model\.onnx' is not the file"),
        ({"recipe": None}, "no recipe"),
        ({"recipe": ["ink"]}, "no recipe"),
        ({"calibration": None}, "calibration temperature"),
        ({"calibration": []}, "calibration temperature"),
        ({"calibration": {"temperature": 0}}, "0 for a calibration temperature"),
        ({"calibration": {"temperature": -1.0}}, "calibration temperature"),
        ({"calibration": {"temperature": float("nan")}}, "calibration temperature"),
        ({"calibration": {"temperature": 10**400}}, "calibration temperature"),
        ({"calibration": {"temperature": "1"}}, "calibration temperature"),
    ],
)
def test_a_run_json_that_does_not_fit_is_refused(
    models_folder: Path, make_run: MakeRun, change: dict[str, Any], message: str
) -> None:
    make_run("first", **change)

    with pytest.raises(RunError, match=f"^first: .*{message}"):
        load_run(models_folder, "first")


@pytest.mark.parametrize("file", ["model.onnx", "samples.json"])
def test_a_changed_file_is_refused(models_folder: Path, make_run: MakeRun, file: str) -> None:
    changed = make_run("first") / file
    changed.write_bytes(changed.read_bytes()[:-1] + b"!")

    with pytest.raises(RunError, match=f"{file}' is not the file"):
        load_run(models_folder, "first")


@pytest.mark.parametrize("file", ["model.onnx", "samples.json", "run.json"])
def test_a_missing_file_is_refused(models_folder: Path, make_run: MakeRun, file: str) -> None:
    (make_run("first") / file).unlink()

    with pytest.raises(RunError, match=f"first: '?{file}'? cannot be read"):
        load_run(models_folder, "first")


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/hostname", "report/../../outside", "link", "\0"]
)
def test_a_file_outside_the_run_is_never_read(
    models_folder: Path, make_run: MakeRun, name: str
) -> None:
    (models_folder / "outside").write_text("secret")
    run = make_run("first")
    (run / "link").symlink_to(models_folder / "outside")
    details = json.loads((run / "run.json").read_text())
    details["files"][name] = "0" * 64
    (run / "run.json").write_text(json.dumps(details))

    with pytest.raises(RunError, match=r"lies outside the run|cannot be read"):
        load_run(models_folder, "first")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, "9" * 5000, "\x00"])
def test_a_run_json_that_is_no_object_is_refused(
    models_folder: Path, make_run: MakeRun, text: str
) -> None:
    (make_run("first") / "run.json").write_text(text)

    with pytest.raises(RunError, match=r"first: run\.json is not"):
        load_run(models_folder, "first")


def test_a_run_json_that_is_not_utf_8_is_refused(models_folder: Path, make_run: MakeRun) -> None:
    (make_run("first") / "run.json").write_bytes(b'{"name": "\xff"}')

    with pytest.raises(RunError, match=r"first: run\.json is not JSON"):
        load_run(models_folder, "first")


def test_a_network_that_cannot_be_loaded_is_refused_with_the_name_of_its_run(
    models_folder: Path, make_run: MakeRun
) -> None:
    make_run("first", network=b"not a network")

    with pytest.raises(RunError, match=r"^first: the network cannot be loaded"):
        load_run(models_folder, "first")


def test_a_network_of_another_form_is_refused_with_the_name_of_its_run(
    models_folder: Path, make_run: MakeRun, make_network: MakeNetwork
) -> None:
    make_run("first", network=make_network(outputs=26))

    with pytest.raises(RunError, match=r"^first: the network's output"):
        load_run(models_folder, "first")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../models/first", "/first", "first/", "a b", "a\n", "-x", "x" * 129]
)
def test_a_name_that_is_no_runs_is_refused(
    models_folder: Path, make_run: MakeRun, name: str
) -> None:
    make_run("first")

    with pytest.raises(RunError, match="is not the name of a run"):
        load_run(models_folder, name)


def test_a_run_that_does_not_exist_is_refused(models_folder: Path) -> None:
    with pytest.raises(RunError, match=r"second: run\.json cannot be read"):
        load_run(models_folder, "second")


def test_a_copied_run_is_refused_under_another_name(models_folder: Path, make_run: MakeRun) -> None:
    shutil.copytree(make_run("first"), models_folder / "copy")

    with pytest.raises(RunError, match="name 'first', not 'copy'"):
        load_run(models_folder, "copy")


@pytest.mark.parametrize("status", ["queued", "running", "stopped", "failed", "finished"])
def test_the_details_of_a_run_in_any_status_can_be_read_but_not_changed(
    make_run: MakeRun, status: str
) -> None:
    details = read_details(make_run("first", status=status))

    assert details["status"] == status
    with pytest.raises(TypeError):
        details["status"] = "finished"  # type: ignore[index]
