"""A report about a small run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from recognizer.runs.folder import verify
from tests.trainer.measured_runs import write_measurable_run
from trainer.data.collection import Data, load_data
from trainer.evaluation.figures import evaluate
from trainer.evaluation.measurement import Measurement
from trainer.report.page import Report
from trainer.report.writing import make_report


@pytest.fixture(scope="session")
def data(data_folder: Path) -> Data:
    return load_data(data_folder)


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    return write_measurable_run(tmp_path_factory.mktemp("models"), data_folder)


@pytest.fixture(scope="session")
def measurements(run: Path, data: Data) -> list[Measurement]:
    return evaluate(run, verify(run), data)


@pytest.fixture(scope="session")
def report(run: Path, data: Data, measurements: Sequence[Measurement]) -> Report:
    return make_report(run, verify(run), data, measurements)
