"""Only a run at its end whose files are unchanged and made for this geometry is loaded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recognizer import directions
from recognizer.calibration import calibrate
from recognizer.errors import RunError
from recognizer.geometry import VERSION, draw, place, to_model_input
from recognizer.runs.calibration import Thresholds
from recognizer.runs.folder import read_details
from recognizer.runs.loaded_run import load_run
from tests.run_details import change_details

STROKES = [np.array([[0, 0], [60, 0], [25, 100]], float), np.array([[15, 50], [50, 50]], float)]
MakeRun = Callable[..., Path]
MakeNetwork = Callable[..., bytes]


def test_a_finished_run_is_loaded(models_folder: Path, make_run: MakeRun) -> None:
    make_run("20261120T225411Z-ink", calibration={"temperature": 1.25}, metrics={"mnist": 0.99})

    run = load_run(models_folder, "20261120T225411Z-ink")

    assert (run.name, run.recipe, run.temperature) == ("20261120T225411Z-ink", "ink", 1.25)
    assert run.details["metrics"] == {"mnist": 0.99}
    assert run.current() is run


def test_a_run_may_have_a_network_for_strokes_with_a_temperature_and_thresholds_of_its_own(
    models_folder: Path, make_run: MakeRun, make_network: MakeNetwork
) -> None:
    pictures = {"digitness": 0.25, "confidence": 0.5}
    make_run(
        "first",
        network=make_network(1, digitness=True),
        drawing=make_network(2, directions=True, digitness=True),
        directions_version=directions.VERSION,
        calibration={"temperature": 2, "drawing_temperature": 0.5},
        refusal={"digitness": 0.125, "confidence": 0.75, "pictures": pictures},
    )

    run = load_run(models_folder, "first")

    assert (run.calibration.temperature, run.calibration.drawing_temperature) == (2, 0.5)
    assert run.thresholds == Thresholds((0.125,) * 10, 0.75)
    assert run.picture_thresholds == Thresholds((0.25,) * 10, 0.5)
    assert not run.engine.reads_directions
    assert run.drawing_engine.reads_directions


def test_a_run_without_thresholds_refuses_nothing_and_reads_strokes_as_pictures(
    models_folder: Path, make_run: MakeRun
) -> None:
    make_run("first")

    run = load_run(models_folder, "first")

    assert run.thresholds == run.picture_thresholds == Thresholds()
    assert run.drawing_engine is run.engine


def test_thresholds_of_drawings_are_those_of_pictures_where_these_have_none(
    models_folder: Path, make_run: MakeRun
) -> None:
    make_run("first", refusal={"digitness": 0.125, "confidence": 0.75})

    assert load_run(models_folder, "first").picture_thresholds == Thresholds((0.125,) * 10, 0.75)


@pytest.mark.parametrize("version", [None, True, directions.VERSION + 1, "1"])
def test_a_network_for_other_direction_maps_is_refused(
    models_folder: Path, make_run: MakeRun, make_network: MakeNetwork, version: object
) -> None:
    make_run("first", drawing=make_network(directions=True), directions_version=version)

    with pytest.raises(RunError, match=f"^first: .*directions_version {version!r}, not"):
        load_run(models_folder, "first")


def test_a_main_network_that_wants_strokes_is_refused(
    models_folder: Path, make_run: MakeRun, make_network: MakeNetwork
) -> None:
    make_run("first", network=make_network(directions=True))

    with pytest.raises(RunError, match=r"^first: model\.onnx reads direction maps"):
        load_run(models_folder, "first")


def test_a_network_for_strokes_without_a_checksum_is_not_loaded(
    models_folder: Path, make_run: MakeRun, make_network: MakeNetwork
) -> None:
    (make_run("first") / "drawing.onnx").write_bytes(make_network(directions=True))

    assert not load_run(models_folder, "first").drawing_engine.reads_directions


def test_each_network_is_asked_with_its_own_temperature(
    models_folder: Path, make_run: MakeRun, make_network: MakeNetwork
) -> None:
    networks = {"network": make_network(1), "drawing": make_network(1)}
    make_run("first", **networks, calibration={"temperature": 2, "drawing_temperature": 0.5})
    run = load_run(models_folder, "first")

    inks, drawn = run.ask_drawings([STROKES])
    pictured = run.ask_pictures(inks)

    raw = run.engine.probabilities(to_model_input(inks[0])[np.newaxis])
    np.testing.assert_allclose(drawn.probabilities, calibrate(raw, 0.5))
    np.testing.assert_allclose(pictured.probabilities, calibrate(raw, 2))


def test_the_network_for_strokes_is_given_the_pens_directions(
    models_folder: Path, make_run: MakeRun, make_network: MakeNetwork
) -> None:
    network = make_network(3, directions=True, digitness=True)
    make_run("first", drawing=network, directions_version=directions.VERSION)
    run = load_run(models_folder, "first")

    inks, outputs = run.ask_drawings([STROKES])

    maps = directions.map_directions(place(STROKES))[np.newaxis]
    raw, digitness = run.drawing_engine.ask(to_model_input(inks[0])[np.newaxis], maps)
    np.testing.assert_allclose(outputs.probabilities, raw, atol=1e-6)
    assert digitness is not None
    np.testing.assert_array_equal(outputs.digitness, digitness)
    np.testing.assert_array_equal(inks[0], draw(STROKES))


def test_a_network_that_does_not_refuse_is_as_sure_of_a_digit_as_of_the_likeliest_one(
    models_folder: Path, make_run: MakeRun
) -> None:
    make_run("first")

    _, outputs = load_run(models_folder, "first").ask_drawings([STROKES, STROKES[:1]])

    np.testing.assert_array_equal(outputs.digitness, outputs.probabilities.max(axis=1))


def test_asking_about_nothing_gives_no_outputs(models_folder: Path, make_run: MakeRun) -> None:
    make_run("first")
    run = load_run(models_folder, "first")

    inks, outputs = run.ask_drawings([])

    assert (inks, len(outputs), len(run.ask_pictures([]))) == ([], 0, 0)


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
        ({"calibration": {"temperature": True}}, "True for a calibration temperature"),
        ({"calibration": {"temperature": 1, "drawing_temperature": 0}}, "0 for a calibration"),
        ({"refusal": []}, r"\[\] for a refusal"),
        ({"refusal": {}}, "None for a refusal's digitness"),
        ({"refusal": {"digitness": 0.5}}, "None for a refusal's confidence"),
        ({"refusal": {"digitness": 1.5, "confidence": 0}}, "1.5 for a refusal's digitness"),
        (
            {"refusal": {"digitness": 0.5, "confidence": 0.5, "pictures": {"digitness": 0.5}}},
            "None for a refusal's confidence",
        ),
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
    change_details(run, files={**read_details(run)["files"], name: "0" * 64})

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

    with pytest.raises(RunError, match=r"^first: model\.onnx: the network cannot be loaded"):
        load_run(models_folder, "first")


def test_a_network_of_another_form_is_refused_with_the_name_of_its_run(
    models_folder: Path, make_run: MakeRun, make_network: MakeNetwork
) -> None:
    make_run("first", network=make_network(outputs=26))

    with pytest.raises(RunError, match=r"^first: model\.onnx: the network's output"):
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
