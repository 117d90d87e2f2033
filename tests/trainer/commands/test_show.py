from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from recognizer.runs.pointer import activate
from tests.trainer.small_runs import network, write_run
from trainer.command_line import main

Output = pytest.CaptureFixture[str]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    content = network(np.zeros((784, 10), np.float32))
    return write_run(tmp_path, "A", content, settings={"learning_rate": 0.004}, wind={"from": "N"})


def _show(run: Path, capsys: Output, *options: str) -> str:
    assert main(["show", run.name, "--models", str(run.parent), *options]) == 0
    return capsys.readouterr().out


def test_everything_that_is_known_is_shown(run: Path, capsys: Output) -> None:
    printed = _show(run, capsys)

    for words in (
        "yes, every checksum is right", "dense-512", "learning_rate", "0.004", "99.00%, 99 of 100",
        "parameters 7,850", "2 train, 2 validation", "training_log.csv", "17 B",
        "wind",  # which no trainer of today writes
    ):  # fmt: skip
        assert words in printed


def test_what_a_newer_trainer_writes_is_shown_as_it_stands(tmp_path: Path, capsys: Output) -> None:
    content, splits = network(np.zeros((784, 10), np.float32)), {"mnist": {"train": "all"}}
    wind = {"from": "N [/knots] :b:"}
    run = write_run(tmp_path, "A", content, splits=splits, **{"[/wind]": wind})

    printed = _show(run, capsys)

    for words in ("[/wind]", "N [/knots] :b:", "all train"):
        assert words in printed


def test_a_run_that_may_not_be_served_says_why(run: Path, capsys: Output) -> None:
    (run / "model.onnx").write_bytes(b"changed")
    (run / "notes.txt").touch()

    printed = _show(run, capsys)

    assert "no: A: 'model.onnx' is not the file" in printed
    assert "0 B, not under the checksums" in printed


def test_a_program_gets_run_json_and_what_is_observed(run: Path, capsys: Output) -> None:
    activate(run.parent, "A")

    shown = json.loads(_show(run, capsys, "--json"))

    observed = shown.pop("observed")
    assert shown == json.loads((run / "run.json").read_text())
    assert observed["is_current"] is True
    assert observed["why_not_servable"] is None
    assert observed["status"] == "finished"
    assert observed["sizes"]["training_log.csv"] == 17


def test_without_a_name_the_served_run_is_shown(run: Path, capsys: Output) -> None:
    activate(run.parent, "A")

    assert main(["show", "--models", str(run.parent)]) == 0

    assert "finished, served" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "message"), [("B", "there is no run B"), ("C", "cannot be read")])
def test_what_is_no_run_is_told(run: Path, capsys: Output, name: str, message: str) -> None:
    (run.parent / "C").mkdir()

    assert main(["show", name, "--models", str(run.parent)]) == 2

    assert message in capsys.readouterr().err
