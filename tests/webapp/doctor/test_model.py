from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.run_details import change_details
from tests.webapp.doctor.conftest import Examine


@pytest.fixture
def run(tmp_path: Path, released_models: Path) -> Path:
    """The served run of a models folder of the test's own."""
    name = (released_models / "current").read_text().strip()
    shutil.copytree(released_models / name, tmp_path / "models" / name)
    shutil.copy(released_models / "current", tmp_path / "models")
    return tmp_path / "models" / name


def test_the_released_run_reads_a_known_digit(examine: Examine) -> None:
    state, said = examine().about("model")

    assert state == "good"
    assert "reads the known drawings" in said


def test_a_run_of_another_geometry_is_named(examine: Examine, run: Path) -> None:
    change_details(run, preprocessing_version=99)

    report = examine(NET_MODELS_DIR=run.parent)

    state, said = report.about("preprocessing")
    assert (report.status, state) == (1, "bad")
    assert "trained with version 99" in said
    assert "python -m trainer activate RUN" in said


def test_a_changed_file_is_found(examine: Examine, run: Path) -> None:
    (run / "model.onnx").write_bytes(b"changed")

    state, said = examine(NET_MODELS_DIR=run.parent).about("model")

    assert state == "bad"
    assert "'model.onnx' is not the file" in said


@pytest.mark.parametrize("name", ["nowhere", "../models", ""])
def test_a_current_that_names_no_run_is_bad(examine: Examine, run: Path, name: str) -> None:
    (run.parent / "current").write_text(name)

    assert examine(NET_MODELS_DIR=run.parent).states["model"] == "bad"
