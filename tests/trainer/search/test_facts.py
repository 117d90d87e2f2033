from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from tests.trainer.search.searches import begin, train, worker_of
from trainer.search.facts import study_facts
from trainer.search.storage import Storage


def _facts(folder: Path, trials: int, training: Any = train) -> dict[str, Any]:
    storage = Storage.in_file(folder / "study.db")
    study = begin(storage, pruner="none")
    worker_of(study, storage, training).work(trials, math.inf)
    facts: dict[str, Any] = json.loads(json.dumps(study_facts(study, storage.address)))
    storage.close()
    return facts


def test_every_trial_is_told_with_what_it_drew_and_the_best_until_then(tmp_path: Path) -> None:
    facts = _facts(tmp_path, 4)

    history = facts["history"]
    assert [trial["trial"] for trial in history] == [0, 1, 2, 3]
    assert {trial["outcome"] for trial in history} == {"complete"}
    assert all(set(trial["drawn"]) == {"width", "rate"} for trial in history)
    assert all(trial["epochs"] == 3 and trial["worker"] for trial in history)
    accuracies = [trial["val_accuracy"] for trial in history]
    assert [trial["best_so_far"] for trial in history] == [
        max(accuracies[: number + 1]) for number in range(4)
    ]
    assert facts["best"]["val_accuracy"] == max(accuracies)
    assert facts["floor"] < min(accuracies)


def test_the_plan_is_told_with_its_limits(tmp_path: Path) -> None:
    facts = _facts(tmp_path, 0)

    assert facts["fixed"] == {"seed": 1, "epochs": 3}
    assert facts["search"] == {
        "width": {"choices": [8, 16, 32]},
        "rate": {"low": 0.001, "high": 1.0, "step": None, "logarithmic": True},
    }
    assert facts["storage"].endswith("study.db")
    assert (facts["history"], facts["best"], facts["floor"]) == ([], None, None)


def test_a_trial_that_failed_has_no_figure_but_a_reason(tmp_path: Path) -> None:
    def training(settings: Any, on_epoch: Any) -> Any:
        if settings.epochs == 3:
            raise RuntimeError("no memory")

    with pytest.raises(Exception, match="no memory"):
        _facts(tmp_path, 3, training)
    facts = _facts(tmp_path, 0)

    first = facts["history"][0]
    assert (first["outcome"], first["val_accuracy"], first["best_so_far"]) == ("failed", None, None)
    assert first["error"] == "RuntimeError: no memory"
