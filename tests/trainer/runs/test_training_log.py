from __future__ import annotations

from pathlib import Path

import pytest

from tests.trainer.measured_runs import LOG
from trainer.runs.training_log import EpochResult, TrainingLog


def test_every_epoch_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "training_log.csv").write_text(LOG)

    assert TrainingLog.of_run(tmp_path).read() == [
        EpochResult(1, 0.5, 0.9, 0.4, 0.91, 0.003, 6.5),
        EpochResult(2, 0.25, 0.95, 0.2, 0.96, 0.001, 6.4),
    ]


def test_a_run_without_a_log_has_no_epochs(tmp_path: Path) -> None:
    assert TrainingLog.of_run(tmp_path).read() == []


@pytest.mark.parametrize("last", ["5,0.", "5,0.2,0.9,0.1,0.9,0.001,12"])  # of 123.4
def test_a_line_that_is_not_whole_is_passed_over(tmp_path: Path, last: str) -> None:
    (tmp_path / "training_log.csv").write_text(f"{LOG}3,0.2,0.9\n4,nan,0.9,0.1,0.9,0.001,6\n{last}")

    assert [epoch.epoch for epoch in TrainingLog.of_run(tmp_path).read()] == [1, 2]
