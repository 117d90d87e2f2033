from __future__ import annotations

import json
from pathlib import Path

import pytest

from recognizer.runs.pointer import activate
from tests.trainer.small_runs import fitted_weights, network, write_run
from trainer.command_line import main

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """A served run, its double, and one that never says 3 or 4."""
    folder = tmp_path_factory.mktemp("models")
    weights = fitted_weights(data_folder)
    write_run(folder, "served", network(weights))
    write_run(folder, "double", network(weights), settings={"epochs": 1})
    write_run(folder, "forgetful", network(weights, forgets=[3, 4]), settings={"epochs": 2})
    write_run(folder, "failed", network(weights), status="failed")
    activate(folder, "served")
    return folder


@pytest.fixture
def same(models: Path, data_folder: Path) -> list[str]:
    return ["--models", str(models), "--data-dir", str(data_folder)]


def test_a_worse_run_is_called_worse_and_settings_stand_side_by_side(
    same: list[str], capsys: Output
) -> None:
    assert main(["compare", "current", "forgetful", *same]) == 0

    printed = capsys.readouterr().out
    (settings,) = [line for line in printed.splitlines() if "epochs" in line and "1" in line][:1]
    assert settings.split("│")[1:4] == [" epochs ", "      1 ", "         2 "]
    assert "worse than served (p < 0.001)" in printed
    assert "Holm" not in printed
    assert "1 min 1 s" in printed


def test_no_difference_is_claimed_between_doubles(same: list[str], capsys: Output) -> None:
    assert main(["compare", "served", "double", *same]) == 0

    printed = capsys.readouterr().out
    assert "the runs have the same recipe, settings and data" in printed
    assert printed.count("no difference can be shown (p = 1)") == 2


def test_a_program_reads_the_same_as_json(same: list[str], capsys: Output) -> None:
    assert main(["compare", "served", "double", "forgetful", "--json", *same]) == 0

    told = json.loads(capsys.readouterr().out)
    assert [run["name"] for run in told["runs"]] == ["served", "double", "forgetful"]
    assert told["differing_settings"] == {"epochs": [1, 1, 2]}
    assert told["runs"][2]["metrics"]["mnist_test"]["right"] == 80
    worst = told["tests"][1]
    assert (worst["key"], worst["second"], worst["only_first"]) == ("mnist_test", "forgetful", 20)
    assert worst["p_adjusted"] == pytest.approx(2 * worst["p"])
    assert worst["is_shown"] is True


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["served"], "two or more different runs"),
        (["served", "current"], "two or more different runs"),
        (["served", "double", "double"], "two or more different runs"),
        (["served", "absent"], "there is no run absent"),
        (["served", "failed"], "status 'failed'"),
    ],
)
def test_what_cannot_be_compared_ends_with_status_2(
    same: list[str], capsys: Output, names: list[str], message: str
) -> None:
    assert main(["compare", *names, *same]) == 2

    assert message in capsys.readouterr().err
