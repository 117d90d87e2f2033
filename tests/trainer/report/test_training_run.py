from __future__ import annotations

import json
from pathlib import Path

import pytest

from recognizer.runs.folder import verify
from trainer.command_line import main

pytestmark = pytest.mark.slow


def test_a_trained_run_holds_its_pictures_samples_and_figures_under_its_checksums(
    tmp_path: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = ["--set", "epochs=1", "--set", "validation_images=50"]
    same = ["--models", str(tmp_path), "--data-dir", str(data_folder)]

    assert main(["train", "dense-512", *settings, *same]) == 0

    (run,) = tmp_path.glob("*-dense-512")
    details = verify(run)
    assert {"samples.json", "report-loss.png", "report-writers-held-out-writers.png"} <= set(
        details["files"]
    )
    sets = json.loads((run / "samples.json").read_text())["sets"]
    assert set(sets) == {"mnist_test", "held_out_writers"}
    assert sets["mnist_test"]["right"] == details["metrics"]["mnist_test"]["right"]

    capsys.readouterr()
    assert main(["evaluate", run.name, "--json", *same]) == 0
    assert json.loads(capsys.readouterr().out) == details["metrics"]
