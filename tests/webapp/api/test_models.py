from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from recognizer.engine import Engine
from recognizer.runs.calibration import Calibration, Refusal
from recognizer.runs.registry import LoadedRun
from webapp import create_app
from webapp.api.schemas import CurrentModel

ADDRESS = "/api/v1/models/current"
DETAILS = {
    "labels": list("0123456789"),
    "preprocessing_version": 1,
    "settings": {"folder": "/a/secret"},
    "git_commit": "a secret",
    "files": {"model.onnx": "a secret"},
    "datasets": {
        "mnist": {"file": "mnist.npz", "sha256": "06af", "path": "/a/secret"},
        "added/own.jsonl": {"file": "/a/secret/own.jsonl", "sha256": "17"},
    },
    "metrics": {"mnist_test": {"accuracy": 0.9, "confusion_matrix": [[1]], "robustness": []}},
}


NO_NETWORK = cast(Engine, None)


class OneRun:
    """A registry with one run, of which only the description is asked for."""

    last_error = None

    def __init__(self, details: dict[str, Any]) -> None:
        self.run = LoadedRun(
            Path("a-run"),
            "ink",
            details,
            NO_NETWORK,
            NO_NETWORK,
            Calibration(1, 1),
            Refusal(),
            None,
        )

    def current(self) -> LoadedRun:
        return self.run


def _ask(details: dict[str, Any]) -> dict[str, Any]:
    app = create_app({"TESTING": True}, registry=OneRun(details))
    return cast(dict[str, Any], app.test_client().get(ADDRESS).json)


def test_the_current_model_is_described_as_its_run_says(
    client: FlaskClient, released_models: Path
) -> None:
    name = (released_models / "current").read_text().strip()
    details = json.loads((released_models / name / "run.json").read_text())

    answer = client.get(ADDRESS)

    assert answer.status_code == 200
    CurrentModel.model_validate(answer.json, strict=True)
    assert answer.json["run"] == name
    networks = details["networks"]
    assert answer.json["parameters"] == networks.get("drawing", networks["model"])["parameters"]
    for key in ("recipe", "labels", "preprocessing_version", "calibration", "times"):
        assert answer.json[key] == details[key]
    assert set(answer.json["metrics"]) == set(details["metrics"])
    for name, figures in answer.json["metrics"].items():
        assert figures == {key: details["metrics"][name][key] for key in figures}
        assert {"accuracy", "interval", "right", "total"} <= set(figures)
    assert set(answer.json["datasets"]) == set(details["datasets"])


def test_nothing_about_the_machine_is_told() -> None:
    answer = _ask(DETAILS)

    assert "secret" not in json.dumps(answer)
    assert answer["datasets"] == {
        "mnist": {"file": "mnist.npz", "sha256": "06af"},
        "added/own.jsonl": {"file": "own.jsonl", "sha256": "17"},
    }


def test_figures_are_told_and_not_their_every_detail() -> None:
    assert _ask(DETAILS)["metrics"] == {"mnist_test": {"accuracy": 0.9}}


@pytest.mark.parametrize("details", [{}, {"networks": None, "datasets": []}])
def test_a_run_that_tells_less_is_described_all_the_same(details: dict[str, Any]) -> None:
    answer = _ask({**details, "labels": [], "preprocessing_version": 1})

    CurrentModel.model_validate(answer, strict=True)
    assert (answer["run"], answer["parameters"], answer["datasets"]) == ("a-run", None, {})
