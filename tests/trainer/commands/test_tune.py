"""A person's search, from the first trial to the settings that a training takes."""

from __future__ import annotations

import csv
import json
import math
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from optuna.exceptions import StorageInternalError
from optuna.storages import RDBStorage

from trainer.command_line import main
from trainer.data.collection import Data
from trainer.runs.training_log import EpochResult
from trainer.search import session
from trainer.training.trial import train_trial

FIXED = ("epochs=2", "validation_images=100", "batch_size=64", "units=16", "filters=4", "depth=1")
SEARCHED = {"kernel_size", "dropout", "learning_rate"}
pytestmark = pytest.mark.slow


def _tune(output: Path, data: Path, *more: str) -> list[str]:
    settings = [word for setting in FIXED for word in ("--set", setting)]
    return [
        "tune",
        "conv-tuned",
        *settings,
        "--output",
        str(output),
        "--data-dir",
        str(data),
        *more,
    ]


def _rows(folder: Path, name: str = "trials.csv") -> list[dict[str, str]]:
    with (folder / name).open() as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """A folder with a study of three trials, the last of them of a second session."""
    folder = tmp_path_factory.mktemp("studies")
    assert main(_tune(folder, data_folder, "--trials", "2")) == 0
    assert main(_tune(folder, data_folder, "--trials", "3")) == 0
    return folder


def test_every_trial_is_kept_with_what_it_drew_and_gave(studies: Path) -> None:
    rows = _rows(studies / "conv-tuned")

    assert [(row["trial"], row["outcome"]) for row in rows] == [
        ("0", "complete"), ("1", "complete"), ("2", "complete"),
    ]  # fmt: skip
    assert set(rows[0]) > SEARCHED
    assert len({row["learning_rate"] for row in rows}) == 3
    assert all(0 <= float(row["val_accuracy"]) <= 1 for row in rows)
    assert all(row["epochs"] == "2" and row["worker"] and row["started"] for row in rows)


def test_every_epoch_is_kept(studies: Path) -> None:
    trials, epochs = _rows(studies / "conv-tuned"), _rows(studies / "conv-tuned", "epochs.csv")

    assert [(row["trial"], row["epoch"]) for row in epochs] == [
        (trial, epoch) for trial in "012" for epoch in "12"
    ]
    assert [row["val_accuracy"] for row in epochs[1::2]] == [row["val_accuracy"] for row in trials]
    assert {"loss", "accuracy", "val_loss", "learning_rate", "seconds"} < set(epochs[0])


def test_the_best_is_written_out_for_a_training(
    studies: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    best = json.loads((studies / "conv-tuned" / "best.json").read_text())
    rows = _rows(studies / "conv-tuned")
    assert main(["tune", "--show", "conv-tuned", "--output", str(studies)]) == 0
    printed = capsys.readouterr().out

    winner = max(rows, key=lambda row: float(row["val_accuracy"]))
    assert best["recipe"] == "conv-tuned"
    assert best["settings"]["epochs"] == 2
    assert math.isclose(
        best["settings"]["learning_rate"], float(winner["learning_rate"]), rel_tol=1e-5
    )
    assert (
        f"python -m trainer train conv-tuned --settings {studies / 'conv-tuned' / 'best.json'}"
        in printed
    )


def test_the_search_is_drawn(studies: Path) -> None:
    for name in ("history.png", "settings.png"):
        assert (studies / "conv-tuned" / name).read_bytes().startswith(b"\x89PNG"), name


def test_a_search_that_has_all_its_trials_runs_none(
    studies: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _rows(studies / "conv-tuned")

    assert main(_tune(studies, data_folder, "--trials", "3")) == 0

    assert _rows(studies / "conv-tuned") == before
    assert "trial 0 (" not in capsys.readouterr().out


def test_other_settings_need_another_study(
    studies: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _rows(studies / "conv-tuned")

    assert main(_tune(studies, data_folder, "--trials", "9", "--set", "epochs=5")) == 2

    assert "begun with epochs = 2, not 5" in capsys.readouterr().err
    assert _rows(studies / "conv-tuned") == before


def test_studies_are_listed_and_shown_for_programs(
    studies: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = ["--output", str(studies)]

    assert main(["tune", "--list", *same]) == 0
    table = capsys.readouterr().out
    assert main(["tune", "--list", "--json", *same]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert main(["tune", "--show", "conv-tuned", "--json", *same]) == 0
    shown = json.loads(capsys.readouterr().out)

    assert "3 complete" in table
    assert listed == [{name: shown[name] for name in listed[0]}]
    assert [trial["epochs"] for trial in shown["history"]] == [2, 2, 2]
    assert shown["trials"] == {"complete": 3}
    assert shown["best"]["settings"]["units"] == 16


def test_a_search_without_trials_is_refused_and_makes_no_study(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(_tune(tmp_path, data_folder, "--trials", "0", "--study", "later")) == 2

    capsys.readouterr()
    assert main(["tune", "--list", "--json", "--output", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed[printed.index("[") :]) == []


def test_folder_and_database_may_stand_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NET_STUDIES_DIR", str(tmp_path))
    monkeypatch.setenv("NET_STUDIES_URL", "postgresql://me:s3cret@127.0.0.1:9/x")

    assert main(["tune", "--list", "--json"]) == 2
    assert "127.0.0.1:9/x cannot be used" in capsys.readouterr().err
    assert main(["tune", "--list", "--json", "--storage="]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_ctrl_c_loses_no_trial(
    data_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def press_ctrl_c(
        recipe: str, settings: Any, data: Data, on_epoch: Callable[[EpochResult], None]
    ) -> EpochResult:
        def tell(result: EpochResult) -> None:
            on_epoch(result)
            os.kill(os.getpid(), signal.SIGINT)

        return train_trial(recipe, settings, data, tell)

    monkeypatch.setattr(session, "train_trial", press_ctrl_c)

    status = main(_tune(tmp_path, data_folder, "--trials", "1", "--set", "epochs=400"))

    assert status == 1
    assert "0 of 1 trials done; the same command goes on" in capsys.readouterr().out
    (row,) = _rows(tmp_path / "conv-tuned")
    assert row["outcome"] == "interrupted"
    assert 1 <= int(row["epochs"]) < 400


def test_a_database_that_is_away_when_a_trial_ends_costs_only_time(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = [StorageInternalError("the database is away")] * 2
    read = RDBStorage.get_study_user_attrs

    def train_and_be_away(
        recipe: str, settings: Any, data: Data, on_epoch: Callable[[EpochResult], None]
    ) -> EpochResult:
        result = EpochResult(1, 0.5, 0.9, 0.4, 0.9, 0.01, 1.0)
        on_epoch(result)
        monkeypatch.setattr(RDBStorage, "get_study_user_attrs", answer)
        return result

    def answer(storage: RDBStorage, study: int) -> dict[str, Any]:
        if away:
            raise away.pop()
        return read(storage, study)

    monkeypatch.setattr(session, "train_trial", train_and_be_away)

    assert main(_tune(tmp_path, data_folder, "--trials", "1")) == 0
    assert not away
    assert [row["outcome"] for row in _rows(tmp_path / "conv-tuned")] == ["complete"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a recipe and how many trials"),
        (["conv-tuned"], "name a recipe and how many trials"),
        (["conv-tuned", "--trials", "-1"], "name a recipe and how many trials"),
        (["conv", "--trials", "1"], "no recipe 'conv'"),
        (["conv-tuned", "--trials", "1", "--set", "layer=1"], "there are: seed"),
        (["conv-tuned", "--trials", "1", "--study", "../up"], "cannot be a study's name"),
        (["conv-tuned", "--trials", "1", "--storage", "mysql://me:s3cret@host/x"], "--storage"),
        (["--show", "absent"], "no study 'absent'"),
    ],
)
def test_what_cannot_be_done_ends_with_status_2_and_touches_nothing(
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    same = ["--output", str(tmp_path), "--data-dir", str(data_folder)]

    assert main(["tune", *arguments, *same]) == 2

    error = capsys.readouterr().err
    assert message in error
    assert "s3cret" not in error
    assert list(tmp_path.iterdir()) == []


def test_missing_data_begins_no_study(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(_tune(tmp_path, tmp_path / "nowhere", "--trials", "1")) == 2

    assert "nowhere does not exist" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
