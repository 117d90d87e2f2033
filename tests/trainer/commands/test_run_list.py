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
def models(tmp_path: Path) -> Path:
    """Three runs, the second of them served, and a broken folder."""
    content = network(np.zeros((784, 10), np.float32))
    for number, accuracy in enumerate([0.9911, 0.9955, 0.9877]):
        name = f"2026112{number}T000000Z-dense-512"
        metrics = {"mnist_test": {"accuracy": accuracy}}
        write_run(tmp_path, name, content, metrics=metrics, recipe=("ink", "dense-512")[number % 2])
    activate(tmp_path, "20261121T000000Z-dense-512")
    (tmp_path / "20261123T000000Z-ink").mkdir()
    return tmp_path


def _listed(models: Path, capsys: Output, *options: str) -> list[str]:
    assert main(["list", "--json", "--models", str(models), *options]) == 0
    return [line["name"][6:8] for line in json.loads(capsys.readouterr().out)]


def test_the_newest_run_is_the_last_line_and_the_served_one_has_an_arrow(
    models: Path, capsys: Output
) -> None:
    assert main(["list", "--models", str(models)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert ["20" in line for line in lines[1:5]] == [True] * 4
    assert [line.startswith("→") for line in lines[1:5]] == [False, True, False, False]
    assert "99.55%" in lines[2]
    assert "0:01:01" in lines[2]
    assert "broken" in lines[4]
    assert "run.json cannot be read" in lines[5]


def test_runs_can_be_chosen_and_put_in_order(models: Path, capsys: Output) -> None:
    assert _listed(models, capsys) == ["20", "21", "22", "23"]
    assert _listed(models, capsys, "--recipe", "ink") == ["20", "22"]
    assert _listed(models, capsys, "--status", "broken") == ["23"]
    assert _listed(models, capsys, "--sort", "mnist") == ["23", "22", "20", "21"]
    assert _listed(models, capsys, "--sort", "mnist", "--last", "2") == ["20", "21"]


def test_a_choice_that_no_run_can_meet_is_not_told_as_no_runs(models: Path, capsys: Output) -> None:
    assert main(["list", "--models", str(models), "--recipe", "vgg"]) == 0
    assert capsys.readouterr().out == "no run is like that\n"

    with pytest.raises(SystemExit) as end:
        main(["list", "--models", str(models), "--status", "finshed"])
    assert end.value.code == 2
    assert "did you mean 'finished'?" in capsys.readouterr().err


def test_hundreds_of_runs_are_listed(tmp_path: Path, capsys: Output) -> None:
    for number in range(300):
        folder = tmp_path / f"run-{number:03}"
        folder.mkdir()
        details = {"format": 1, "name": folder.name, "status": "stopped"}
        (folder / "run.json").write_text(json.dumps(details))

    assert main(["list", "--models", str(tmp_path)]) == 0

    assert capsys.readouterr().out.count("stopped") == 300


def test_no_runs_are_said_to_be_none(tmp_path: Path, capsys: Output) -> None:
    assert main(["list", "--models", str(tmp_path)]) == 0

    assert capsys.readouterr().out == "there are no runs\n"
