"""A run.json is one record, or is wrong as a whole and says where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recognizer.errors import RunError
from trainer.runs.details import NOTHING_KNOWN, differing, parse_details, read_run


def test_the_released_run_is_read_with_all_that_the_pages_tell(released_models: Path) -> None:
    folder = released_models / (released_models / "current").read_text().strip()
    raw = json.loads((folder / "run.json").read_text())

    run = read_run(folder)

    assert (run.name, run.recipe, run.settings) == (folder.name, raw["recipe"], raw["settings"])
    assert run.main_network.parameters == raw["networks"]["model"]["parameters"]
    assert run.figures("mnist_test").accuracy == raw["metrics"]["mnist_test"]["accuracy"]
    matrix = run.figures("mnist_test").confusion_matrix
    assert matrix is not None
    assert [list(row) for row in matrix] == raw["metrics"]["mnist_test"]["confusion_matrix"]
    assert run.refusal is not None
    assert run.refusal.pictures is not None
    assert run.refusal.pictures.digitness == raw["refusal"]["pictures"]["digitness"]
    assert run.files == raw["files"]


def test_a_run_of_another_version_may_lack_anything() -> None:
    assert parse_details({}) == NOTHING_KNOWN
    assert parse_details({"name": "a", "unknown": [1]}).name == "a"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"recipe": ["ink"]}, "$.recipe"),
        ({"metrics": []}, "$.metrics"),
        ({"metrics": {"mnist_test": {"accuracy": "high"}}}, "$.metrics[...].accuracy"),
        ({"networks": {"model": {"parameters": True}}}, "$.networks[...].parameters"),
        ({"times": {"seconds": "long"}}, "$.times.seconds"),
        ({"datasets": {"mnist": 1}}, "$.datasets[...]"),
    ],
)
def test_what_is_of_another_type_is_told_once_with_its_place(
    changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(RunError) as raised:
        parse_details({"name": "odd", **changes})

    assert "odd: run.json is not what it must be" in str(raised.value)
    assert place in str(raised.value)


def test_runs_differ_in_recipe_settings_and_data_alone() -> None:
    one = {"name": "one", "recipe": "ink", "settings": {"epochs": 1, "units": 9}}
    mnist = {"datasets": {"mnist": {"file": "mnist.npz", "sha256": "0123456789abcdef"}}}
    runs = [parse_details(one), parse_details({**one, **mnist, "settings": {"epochs": 2}})]

    assert differing(runs) == {
        "epochs": [1, 2], "units": [9, None], "data mnist": [None, "0123456789ab"],
    }  # fmt: skip
    assert differing(runs[:1] * 2) == {}
