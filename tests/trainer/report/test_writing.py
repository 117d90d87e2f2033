from __future__ import annotations

import json
from pathlib import Path

import pytest

from trainer.errors import TrainerError
from trainer.report.output import prepare_output
from trainer.report.page import Report
from trainer.report.writing import write_into_run, write_report


def test_a_report_is_a_page_its_pictures_and_the_samples(report: Report, tmp_path: Path) -> None:
    page = write_report(report, tmp_path)

    names = {path.name for path in tmp_path.iterdir()}
    assert page == tmp_path / "report.html"
    assert {"report.html", "samples.json", "loss.png", "confusion-mnist-test.png"} <= names
    assert len(names) == len(report.pictures) + 2
    assert (tmp_path / "loss.png").read_bytes().startswith(b"\x89PNG")


def test_a_run_gets_the_pictures_and_the_samples(report: Report, tmp_path: Path) -> None:
    (tmp_path / "report-of-an-earlier-stop.png").write_bytes(b"old")

    write_into_run(report, tmp_path)

    names = {path.name for path in tmp_path.iterdir()}
    assert "samples.json" in names
    assert "report-predictions-held-out-writers.png" in names
    assert len(names) == len(report.pictures) + 1
    assert json.loads((tmp_path / "samples.json").read_text())["run"] == "whole"
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 1_500_000


def test_nothing_is_written_into_a_run(run: Path) -> None:
    for folder in (run, run / "report"):
        with pytest.raises(TrainerError, match="lies in a run"):
            prepare_output(folder)

    assert not (run / "report").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(TrainerError, match="file/report cannot be written to"):
        prepare_output(tmp_path / "file" / "report")
