"""A run.json that was changed after the sealing is not served, nor one without a checksum."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recognizer.errors import RunError
from recognizer.runs.folder import read_details
from recognizer.runs.loaded_run import load_run
from recognizer.runs.pointer import activate
from recognizer.runs.registry import Registry

MakeRun = Callable[..., Path]


def _rewrite(run: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change run.json as an editor would, and leave its checksum as it is."""
    details = json.loads((run / "run.json").read_text())
    change(details)
    (run / "run.json").write_text(json.dumps(details))


@pytest.mark.parametrize(
    "change",
    [
        lambda details: details["calibration"].update(drawing_temperature=4.66),
        lambda details: details["calibration"].update(temperature=4.66),
        lambda details: details["refusal"].update(digitness=0.1),
        lambda details: details["refusal"]["pictures"].update(confidence=0.1),
        lambda details: details["grouping"]["numbers"].update(constant=-3.2),
        lambda details: details["metrics"].update(accuracy=1.0),
        lambda details: details["labels"].reverse(),
        lambda details: details["files"].pop("samples.json"),
    ],
)
def test_a_changed_run_json_is_not_served(
    registry: Registry,
    models_folder: Path,
    released_registry: Registry,
    change: Callable[[dict[str, Any]], object],
) -> None:
    registry.current()
    released = released_registry.current().name
    run = models_folder / released
    shutil.copytree(Path(__file__).resolve().parents[3] / "models" / released, run)
    activate(models_folder, released)
    _rewrite(run, change)

    registry.refresh()

    assert registry.current().name == "first"
    assert f"{released}: run.json" in str(registry.last_error)


@pytest.mark.parametrize("part", [0.0, 0.5, 0.999])
def test_a_truncated_run_json_is_not_served(
    models_folder: Path, make_run: MakeRun, part: float
) -> None:
    path = make_run("first") / "run.json"
    content = path.read_bytes()
    path.write_bytes(content[: int(part * len(content))])

    with pytest.raises(RunError, match=r"first: run\.json is not"):
        load_run(models_folder, "first")


def test_a_run_json_that_says_the_same_in_other_bytes_is_not_served(
    models_folder: Path, make_run: MakeRun
) -> None:
    path = make_run("first") / "run.json"
    path.write_bytes(path.read_bytes() + b"\n")

    with pytest.raises(RunError, match=r"first: run\.json is not the file that run\.json\.sha256"):
        load_run(models_folder, "first")


def test_a_run_without_a_checksum_is_refused_with_the_command_that_makes_one(
    models_folder: Path, make_run: MakeRun
) -> None:
    (make_run("first") / "run.json.sha256").unlink()

    with pytest.raises(RunError, match=r"python -m trainer upgrade first$"):
        load_run(models_folder, "first")


@pytest.mark.parametrize("content", ["", "0" * 64, "\x00", "0" * 64 + "  run.json\n"])
def test_a_wrong_checksum_is_refused(models_folder: Path, make_run: MakeRun, content: str) -> None:
    (make_run("first") / "run.json.sha256").write_text(content)

    with pytest.raises(RunError, match=r"is not the file that run\.json\.sha256 is of"):
        load_run(models_folder, "first")


def test_a_checksum_of_another_run_is_refused(models_folder: Path, make_run: MakeRun) -> None:
    first, second = make_run("first"), make_run("second")
    shutil.copy(second / "run.json.sha256", first)

    with pytest.raises(RunError, match=r"^first: run\.json is not the file"):
        load_run(models_folder, "first")


def test_a_network_of_another_run_is_refused(
    models_folder: Path, make_run: MakeRun, make_network: Callable[..., bytes]
) -> None:
    networks = [make_network(seed, directions=True) for seed in (1, 2)]
    runs = [
        make_run(name, drawing=drawing, directions_version=1)
        for name, drawing in zip(("first", "second"), networks, strict=True)
    ]
    shutil.copy(runs[1] / "drawing.onnx", runs[0])

    with pytest.raises(RunError, match=r"first: 'drawing\.onnx' is not the file"):
        load_run(models_folder, "first")


def test_what_a_changed_run_json_holds_can_still_be_looked_at(make_run: MakeRun) -> None:
    run = make_run("first")
    _rewrite(run, lambda details: details.update(note="changed"))

    assert read_details(run)["note"] == "changed"
