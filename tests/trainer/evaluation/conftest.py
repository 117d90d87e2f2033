"""The small data sets, read once, and a run that is measured on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from recognizer.runs.folder import verify
from tests.trainer.measured_runs import write_measurable_run
from trainer.data.collection import Data, load_data


@pytest.fixture(scope="session")
def data(data_folder: Path) -> Data:
    return load_data(data_folder)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    return write_measurable_run(tmp_path_factory.mktemp("models"), data_folder)


@pytest.fixture
def details(run: Path) -> Mapping[str, Any]:
    return verify(run)
