from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from recognizer.runs.folder import read_details
from recognizer.runs.pointer import activate
from tests.run_details import change_details
from tests.trainer.measured_runs import write_measurable_run
from trainer.command_line import main
from trainer.data.mnist import load_mnist

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_measurable_run(folder, data_folder)
    activate(folder, "whole")
    return folder


@pytest.fixture
def same(models: Path, data_folder: Path) -> list[str]:
    return ["--models", str(models), "--data-dir", str(data_folder)]


def _json(capsys: Output) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def test_the_served_run_is_measured_unless_another_is_named(
    same: list[str], capsys: Output
) -> None:
    assert main(["evaluate", "--json", *same]) == 0
    served = _json(capsys)
    assert main(["evaluate", "whole", "--json", *same]) == 0

    assert _json(capsys) == served
    assert served["mnist_test"]["right"] == 90
    assert served["held_out_writers"]["confusion_matrix"][7][7] == 6


def test_the_tables_tell_all_that_was_measured(same: list[str], capsys: Output) -> None:
    assert main(["evaluate", *same]) == 0

    printed = capsys.readouterr().out
    for words in (
        "MNIST test images", "drawings from held-out sites", "95 % interval", "90.00 %",
        "classification report", "precision", "F1", "support", "row: label, column: answer",
        "mean confidence", "2 writers, lowest, quartiles and highest", "there/writer 1",
        "the hardest", "wrong and sure of it", "blurred: 1.0 px", "fewer points: every 8th",
    ):  # fmt: skip
        assert words in printed


def test_figures_and_plots_are_written_where_asked(
    same: list[str], tmp_path: Path, capsys: Output
) -> None:
    output = tmp_path / "new" / "folder"

    assert main(["evaluate", "--json", "--output", str(output), *same]) == 0

    assert json.loads((output / "evaluation.json").read_text()) == _json(capsys)
    plots = {path.name for path in output.glob("*.png")}
    assert {"reliability-mnist-test.png", "writers-held-out-writers.png"} <= plots


def test_own_drawings_are_measured_without_the_public_data(
    models: Path, tmp_path: Path, capsys: Output
) -> None:
    row = {"label": "7", "strokes": [[[0, 0], [10, 0], [4, 14]]]}
    (tmp_path / "mine.jsonl").write_text(2 * (json.dumps(row) + "\n"))
    command = ["evaluate", "--data", str(tmp_path / "mine.jsonl"), "--models", str(models)]

    assert main([*command, "--json", "--data-dir", str(tmp_path)]) == 0

    figures = _json(capsys)
    assert list(figures) == ["own_drawings"]
    assert figures["own_drawings"]["total"] == 2
    assert figures["own_drawings"]["writers"]["worst"][0]["writer"] == "mine/mine"


def test_own_pictures_are_measured(
    models: Path, data_folder: Path, tmp_path: Path, capsys: Output
) -> None:
    images = load_mnist(data_folder).test
    for digit in (1, 7):
        (tmp_path / str(digit)).mkdir()
        (ink,) = images.ink[images.labels == digit][:1]
        large = cv2.resize(ink, (140, 140), interpolation=cv2.INTER_CUBIC)
        cv2.imwrite(str(tmp_path / str(digit) / "one.png"), np.asarray(255 - large))

    assert main(["evaluate", "--data", str(tmp_path), "--models", str(models)]) == 0

    assert "own images" in capsys.readouterr().out


def test_other_data_than_the_run_was_made_from_is_named(
    models: Path, data_folder: Path, tmp_path: Path, capsys: Output
) -> None:
    run = tmp_path / "whole"
    run.mkdir()
    for path in (models / "whole").iterdir():
        (run / path.name).write_bytes(path.read_bytes())
    datasets = read_details(run)["datasets"]
    mnist = {**datasets["mnist"], "sha256": "0" * 64}
    change_details(run, datasets={**datasets, "mnist": mnist})

    command = ["evaluate", "whole", "--models", str(tmp_path), "--data-dir", str(data_folder)]
    assert main([*command, "--json"]) == 0

    assert "mnist in" in (warning := capsys.readouterr().err)
    assert "is not the file whole was made from" in warning


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["absent"], "there is no run absent"),
        (["--data", "nowhere.jsonl"], "there is no nowhere.jsonl"),
        (["--output", "{models}/whole/plots"], "lies in a run"),
        (["--data-dir", "{models}"], "pendigits-train.jsonl.gz"),
    ],
)
def test_what_cannot_be_measured_ends_with_status_2(
    models: Path, data_folder: Path, capsys: Output, arguments: list[str], message: str
) -> None:
    if "--data-dir" in arguments:
        (models / "mnist.npz").write_bytes((data_folder / "mnist.npz").read_bytes())
    given = [argument.format(models=models) for argument in arguments]

    assert main(["evaluate", "--models", str(models), *given]) == 2

    assert message in capsys.readouterr().err
