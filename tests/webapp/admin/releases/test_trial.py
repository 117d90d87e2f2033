from __future__ import annotations

import json
import shutil
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from recognizer.errors import RunError
from recognizer.runs.pointer import activate
from tests.run_details import change_details
from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from webapp.admin.releases.loaded_runs import LoadedRuns

TRY = "/admin/releases/try"
EXPLAIN = f"{TRY}/explanations"


def _ask(client: SignedInClient, drawing: Any, first: str, second: str) -> list[dict[str, Any]]:
    answer = client.post(TRY, query_string={"first": first, "second": second}, json=drawing)
    assert answer.status_code == 200
    told: list[dict[str, Any]] = answer.get_json()["answers"]
    return told


def test_both_runs_answer_the_same_drawing_each_under_its_name(
    viewer: SignedInClient, seven: dict[str, Any]
) -> None:
    told = _ask(viewer, seven, "second", "third")

    answers = [one["answer"] for one in told]
    assert [answer["model"]["run"] for answer in answers] == ["second", "third"]
    assert answers[0]["digits"][0]["probabilities"] != answers[1]["digits"][0]["probabilities"]
    assert answers[0]["digits"][0]["image"] == answers[1]["digits"][0]["image"]


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("running", {}, "failed"),  # its process is gone
        ("third", {"status": "queued"}, "It is still being trained."),
        ("third", {"preprocessing_version": 0}, "drawn in another way"),
        ("third", {"calibration": None}, "It cannot be loaded"),
    ],
)
def test_a_run_that_cannot_answer_says_why_and_the_other_one_answers(
    operator: SignedInClient,
    models: Path,
    seven: dict[str, Any],
    name: str,
    change: dict[str, Any],
    sentence: str,
) -> None:
    change_details(models / name, **change)

    told = _ask(operator, seven, "second", name)

    assert "answer" in told[0]
    assert sentence in told[1]["problem"]


def test_a_changed_file_is_not_loaded(
    operator: SignedInClient, models: Path, seven: dict[str, Any]
) -> None:
    (models / "third" / "model.onnx").write_bytes(b"changed")

    told = _ask(operator, seven, "third", "absent")

    assert "checksum" in told[0]["problem"]
    assert told[1]["problem"] == "There is no run of this name."


def test_where_the_runs_lie_is_not_told(
    operator: SignedInClient, models: Path, seven: dict[str, Any]
) -> None:
    (models / "third" / "training_log.csv").unlink()

    told = _ask(operator, seven, "second", "third")

    assert "'training_log.csv' cannot be read" in told[1]["problem"]
    assert str(models) not in told[1]["problem"]


def test_a_drawing_that_cannot_be_read_is_refused_as_in_the_api(operator: SignedInClient) -> None:
    address = f"{TRY}?first=second&second=third"

    statuses = [
        operator.post(address, json={"strokes": [{"x": [1], "y": []}]}).status_code,
        operator.post(address, data=b"no JSON").status_code,
        operator.post(TRY, json={"strokes": []}).status_code,
    ]

    assert statuses == [422, 400, 400]


def test_the_served_run_and_the_one_before_are_chosen_at_first(operator: SignedInClient) -> None:
    page = operator.get(TRY).text
    beside_another = operator.get(f"{TRY}?first=third").text

    assert '<option value="second" selected>second (served)' in page
    assert '<option value="first" selected>' in page
    assert '<option value="third" selected>' in beside_another
    assert '<option value="second" selected>' in beside_another


def test_only_a_few_runs_are_kept_and_those_used_last(models: Path) -> None:
    runs = LoadedRuns(models, kept=2)

    first = runs.get("first")
    runs.get("second")
    kept = runs.get("first")
    runs.get("third")

    assert len(runs) == 2
    assert kept is first
    assert runs.get("first") is first


def test_a_run_that_was_gone_on_with_is_loaded_anew(models: Path) -> None:
    runs = LoadedRuns(models)
    before = runs.get("third")

    change_details(models / "third", recipe="another")

    assert runs.get("third") is not before
    with pytest.raises(RunError, match="cannot be read"):
        runs.get("absent")


def test_a_run_that_is_tried_tells_how_its_answer_comes_about(
    admin_app: MakeApp, released_models: Path, tmp_path: Path, seven: dict[str, Any]
) -> None:
    name = (released_models / "current").read_text().strip()
    shutil.copytree(released_models / name, tmp_path / "models" / name)
    activate(tmp_path / "models", name)
    viewer = signed_in(admin_app(tmp_path / "models"), "viewer")

    told = viewer.post(EXPLAIN, query_string={"run": name}, json=seven).get_json()

    assert told["prediction"]["model"]["run"] == name
    assert told["logits"].index(max(told["logits"])) == 7


def test_a_picture_of_one_digit_is_explained_by_the_run_that_is_named(
    admin_app: MakeApp, released_models: Path
) -> None:
    name = (released_models / "current").read_text().strip()
    samples = json.loads((released_models / name / "samples.json").read_text())
    sample = samples["sets"]["mnist_test"]["samples"][0]
    app = admin_app(released_models)

    told = signed_in(app, "viewer").post(
        f"{EXPLAIN}/image", query_string={"run": name}, content_type="image/png",
        data=b64decode(sample["image"].split(",")[1]),
    ).get_json()  # fmt: skip

    assert told["prediction"]["digits"][0]["digit"] == sample["answer"]
    assert told["directions"] is None
    (counted,) = app.extensions["net"].counters.take_unsaved().values()
    assert counted["sent.explanation"] == 1
    assert "sent.picture" not in counted


def test_what_is_no_picture_of_a_sample_is_refused(
    admin_app: MakeApp, released_models: Path
) -> None:
    name = (released_models / "current").read_text().strip()
    viewer = signed_in(admin_app(released_models), "viewer")

    statuses = [
        viewer.post(
            f"{EXPLAIN}/image", query_string={"run": name}, data=content, content_type="image/png",
            headers={"Accept": "application/json"},
        ).status_code
        for content in (b"no picture", b"", bytes(70_000))
    ]  # fmt: skip

    assert statuses == [415, 415, 413]


@pytest.mark.parametrize("run", ["second", "absent", "../second", ""])
def test_a_run_that_is_absent_or_cannot_be_explained_is_not_found(
    viewer: SignedInClient, seven: dict[str, Any], run: str
) -> None:
    answer = viewer.post(
        EXPLAIN, query_string={"run": run}, json=seven, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 404
    assert ("cannot be explained" in answer.get_json()["detail"]) == (run == "second")
