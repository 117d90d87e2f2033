"""The small data sets with letters and symbols, and a run that is measured on them."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from recognizer.runs.loaded_run import LoadedRun, load_run
from recognizer.runs.pointer import activate
from tests.trainer.measured_runs import write_measurable_run
from trainer.data.outliers import OUTLIER_FILES

CHARACTERS = {"capital": "XO", "small letter": "xl", "symbol": "*("}


@pytest.fixture(scope="session")
def figures_data(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """The small data folder with letters and symbols: crosses, in all of them."""
    folder = tmp_path_factory.mktemp("figures") / "data"
    shutil.copytree(data_folder, folder)
    for kind, name in OUTLIER_FILES.items():
        with gzip.open(folder / name, "wt", encoding="utf-8") as file:
            for number in range(12):
                strokes = [[[0, 0], [9, 9 + number]], [[9, 0], [0, 9]]]
                for label in CHARACTERS[kind]:
                    row = {"label": label, "source": "here", "writer": "writer 0",
                           "strokes": strokes}  # fmt: skip
                    file.write(json.dumps(row) + "\n")
    return folder


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory, figures_data: Path) -> Path:
    """A models folder whose current run is called whole."""
    folder = tmp_path_factory.mktemp("models")
    write_measurable_run(folder, figures_data)
    activate(folder, "whole")
    return folder


@pytest.fixture
def run(models: Path, monkeypatch: pytest.MonkeyPatch) -> LoadedRun:
    monkeypatch.setenv("NET_MODELS_DIR", str(models))
    return load_run(models, "whole")
