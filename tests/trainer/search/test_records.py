from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from optuna.trial import FrozenTrial, TrialState, create_trial

from tests.trainer.search.searches import small_plan
from trainer.search.records import best_trial, outcome_of, write_records

SPACE = small_plan().space


def _trial(number: int, state: TrialState, value: float | None = None, **facts: Any) -> FrozenTrial:
    trial = create_trial(
        state=state,
        value=value,
        params={"width": 16, "rate": 0.125},
        distributions=SPACE,
        user_attrs=facts,
    )
    trial.number = number
    return trial


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def test_every_outcome_has_its_word() -> None:
    assert [
        outcome_of(_trial(0, TrialState.COMPLETE, 0.9)),
        outcome_of(_trial(0, TrialState.PRUNED, 0.5)),
        outcome_of(_trial(0, TrialState.RUNNING)),
        outcome_of(_trial(0, TrialState.WAITING)),
        outcome_of(_trial(0, TrialState.FAIL, error="ValueError: no")),
        outcome_of(_trial(0, TrialState.FAIL, interrupted=True)),
        outcome_of(_trial(0, TrialState.FAIL)),
    ] == ["complete", "pruned", "running", "waiting", "failed", "interrupted", "lost"]


def test_the_best_is_complete_and_the_first_of_equals() -> None:
    trials = [
        _trial(0, TrialState.PRUNED, 0.99),
        _trial(1, TrialState.COMPLETE, 0.9),
        _trial(2, TrialState.COMPLETE, 0.95),
        _trial(3, TrialState.COMPLETE, 0.95),
    ]

    best = best_trial(trials)

    assert best is not None
    assert best.number == 2


def test_a_row_tells_all_of_a_trial(tmp_path: Path) -> None:
    epoch = {"epoch": 1, "loss": None, "val_loss": 0.25, "val_accuracy": 0.9}
    trial = _trial(
        4, TrialState.FAIL, error='it said "no",\nand meant it', epochs=[epoch], seconds=1.5,
        worker="host:7", again=2,
    )  # fmt: skip

    write_records(tmp_path, small_plan().as_json(), [trial])

    (row,) = _rows(tmp_path / "trials.csv")
    assert (row["trial"], row["outcome"], row["width"], row["rate"]) == (
        "4", "failed", "16", "0.125",
    )  # fmt: skip
    assert (row["epochs"], row["val_loss"], row["val_accuracy"]) == ("1", "0.25", "")
    assert (row["worker"], row["again"], row["seconds"]) == ("host:7", "2", "1.5")
    assert row["error"] == 'it said "no",\nand meant it'
    (row,) = _rows(tmp_path / "epochs.csv")
    assert (row["trial"], row["epoch"], row["loss"], row["val_loss"]) == ("4", "1", "", "0.25")


def test_the_best_settings_hold_the_fixed_ones_too(tmp_path: Path) -> None:
    write_records(tmp_path, small_plan().as_json(), [_trial(0, TrialState.COMPLETE, 0.9)])

    assert json.loads((tmp_path / "best.json").read_text()) == {
        "recipe": "small",
        "settings": {"seed": 1, "epochs": 3, "width": 16, "rate": 0.125},
    }


def test_nothing_is_best_before_a_trial_is_complete(tmp_path: Path) -> None:
    write_records(tmp_path, small_plan().as_json(), [_trial(0, TrialState.PRUNED, 0.9)])

    assert not (tmp_path / "best.json").exists()
