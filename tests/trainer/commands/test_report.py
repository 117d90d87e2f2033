from __future__ import annotations

from pathlib import Path

import pytest

from recognizer.runs.folder import verify
from tests.trainer.measured_runs import seal, write_measurable_run
from trainer.command_line import main

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_measurable_run(folder, data_folder)
    return folder


@pytest.fixture
def same(models: Path, data_folder: Path) -> list[str]:
    return ["--models", str(models), "--data-dir", str(data_folder)]


def test_the_report_lies_under_reports_and_the_run_is_left_alone(
    models: Path, same: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: Output,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    before = {path.name: path.read_bytes() for path in (models / "whole").iterdir()}

    assert main(["report", "whole", *same]) == 0

    page = tmp_path / "reports" / "whole" / "report.html"
    assert capsys.readouterr().out.strip() == "reports/whole/report.html"
    assert "<title>whole – Nét report</title>" in page.read_text("utf-8")
    assert (page.parent / "samples.json").is_file()
    assert {path.name: path.read_bytes() for path in (models / "whole").iterdir()} == before
    verify(models / "whole")


def test_a_run_of_images_without_log_and_drawings_has_a_report(
    tmp_path: Path, data_folder: Path
) -> None:
    run = write_measurable_run(tmp_path, data_folder, "bare")
    text = (run / "run.json").read_text().replace('"validation": ["', '"nobody": ["')
    (run / "run.json").write_text(text)
    (run / "training_log.csv").unlink()
    seal(run)
    images_only = tmp_path / "data"
    images_only.mkdir()
    (images_only / "mnist.npz").write_bytes((data_folder / "mnist.npz").read_bytes())
    output = tmp_path / "out"

    command = ["report", "bare", "--output", str(output), "--data-dir", str(images_only)]
    assert main([*command, "--models", str(tmp_path)]) == 0

    names = {path.name for path in output.glob("*.png")}
    assert "predictions-mnist-test.png" in names
    assert not {"loss.png", "predictions-held-out-writers.png"} & names


def test_a_report_is_never_written_into_a_run(
    models: Path, same: list[str], capsys: Output
) -> None:
    assert main(["report", "whole", "--output", str(models / "whole"), *same]) == 2

    assert "lies in a run" in capsys.readouterr().err
