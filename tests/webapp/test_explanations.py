"""POST /api/v1/explanations, recomputed from what it tells."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
from base64 import b64decode
from collections.abc import Iterator
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from recognizer.known_drawings import NUMBER, SCRIBBLE
from tests.conftest import ROOT
from tests.run_details import change_details
from tests.written_paper import as_file, paper
from webapp import create_app
from webapp.api.explanation_schemas import EXPLANATION_EXAMPLE, Explanation
from webapp.api.schemas import Problem

ADDRESS = "/api/v1/explanations"
PICTURES = f"{ADDRESS}/image"
MOST_BYTES = 200_000  # of an answer about one digit


def _body(drawing: Any) -> dict[str, Any]:
    columns = [stroke.points.T.tolist() for stroke in drawing.strokes]
    return {"strokes": [{"x": x, "y": y} for x, y in columns]}


def _send_picture(client: FlaskClient, content: bytes, **fields: str) -> TestResponse:
    return client.post(PICTURES, data={"image": (io.BytesIO(content), "paper.png"), **fields})


def _adds_up(told: dict[str, Any]) -> None:
    """Whether map, bias, logit and probability of each digit are one sum, to 1e-3."""
    Explanation.model_validate(told, strict=True)
    sums = [
        sum(number for row in rows for number in row) + bias
        for rows, bias in zip(told["evidence"], told["bias"], strict=True)
    ]
    assert sums == pytest.approx(told["logits"], abs=1e-3)
    odds = [exp(logit / told["temperature"]) for logit in told["logits"]]
    digit = told["prediction"]["digits"][told["digit"]]
    assert [one / sum(odds) for one in odds] == pytest.approx(digit["probabilities"], abs=1e-3)
    assert told["digitness"] == digit["digitness"]


def _real_drawings(number: int) -> Iterator[dict[str, Any]]:
    folder = Path(os.environ.get("NET_DATA_DIR") or ROOT.parent / "shared" / "data")
    for name in ("pendigits-train", "unipen-digits-train", "unipen-lower-train"):
        path = folder / f"{name}.jsonl.gz"
        if not path.is_file():
            pytest.skip(f"needs {path}: name its folder in NET_DATA_DIR")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in list(lines)[:: 7_000 // number][:number]:
                strokes = json.loads(line)["strokes"]
                columns = [list(zip(*stroke, strict=True)) for stroke in strokes]
                yield {"strokes": [{"x": x, "y": y} for x, y in columns]}


def test_what_is_told_of_real_drawings_and_letters_adds_up(client: FlaskClient) -> None:
    for body in _real_drawings(40):
        told = client.post(ADDRESS, json=body)

        assert told.status_code == 200
        assert len(told.data) < MOST_BYTES
        _adds_up(told.json)
        answer = client.post("/api/v1/predictions", json=body).json
        assert told.json["prediction"]["text"] == answer["text"]
        assert told.json["prediction"]["verdict"] == answer["verdict"]
        digits = zip(answer["digits"], told.json["prediction"]["digits"], strict=True)
        for shown, explained in digits:
            assert shown["digit"] == explained["digit"]  # the guess of a refusal, too
            assert shown["probabilities"] == pytest.approx(explained["probabilities"], abs=0.01)


def test_explanations_are_counted_as_such_and_as_no_predictions(
    client: FlaskClient, seven: dict[str, Any]
) -> None:
    def counted() -> dict[str, float]:
        told = re.findall(r"^(net_\w+_total)\S* (\S+)$", client.get("/metrics").text, re.MULTILINE)
        sums = dict.fromkeys(("net_explanations_total", "net_predictions_total"), 0.0)
        for name, value in told:
            sums[name] = sums.get(name, 0.0) + float(value)
        return sums

    before = counted()
    counters = client.application.extensions["net"].counters
    counters.take_unsaved()
    client.post(ADDRESS, json=seven)
    client.post(ADDRESS, json={"strokes": 7})
    _send_picture(client, as_file(paper()))
    after = counted()
    minutes = counters.take_unsaved().values()

    assert after["net_explanations_total"] == before["net_explanations_total"] + 2
    assert after["net_predictions_total"] == before["net_predictions_total"]
    assert sum(counts.get("sent.explanation", 0) for counts in minutes) == 2


def test_each_digit_of_a_number_can_be_explained(client: FlaskClient) -> None:
    body = _body(NUMBER.drawing)

    told = [client.post(ADDRESS, json={**body, "digit": digit}).json for digit in (0, 1)]

    for one in told:
        _adds_up(one)
    assert "".join(str(np.argmax(one["logits"])) for one in told) == NUMBER.text
    assert told[0]["frame"]["x"] < told[1]["frame"]["x"]


def test_a_refused_scribble_tells_the_score_and_the_threshold_that_decided(
    client: FlaskClient,
) -> None:
    told = client.post(ADDRESS, json=_body(SCRIBBLE.drawing)).json

    _adds_up(told)
    assert told["prediction"]["verdict"] == "not_a_digit"
    assert told["digitness"] < told["thresholds"]["not_a_digit"]
    assert told["thresholds"]["not_a_digit"] <= told["thresholds"]["digitness"]


def test_the_frame_is_the_square_of_the_drawing_that_the_picture_shows(
    client: FlaskClient, seven: dict[str, Any]
) -> None:
    frame = client.post(ADDRESS, json=seven).json["frame"]

    ys = seven["strokes"][0]["y"]
    assert frame["height"] == frame["width"] == pytest.approx((max(ys) - min(ys)) * 28 / 17.6)
    assert frame["y"] < min(ys) < max(ys) < frame["y"] + frame["height"]


def test_a_sheet_shows_each_map_at_its_place(client: FlaskClient, seven: dict[str, Any]) -> None:
    told = client.post(ADDRESS, json=seven).json

    for layer in [*told["layers"], told["directions"]]:
        content = b64decode(layer["image"].removeprefix("data:image/png;base64,"))
        sheet = np.asarray(Image.open(io.BytesIO(content)))
        strongest = max(one["largest"] for one in layer["maps"])
        assert sorted(one["channel"] for one in layer["maps"]) == list(range(layer["channels"]))
        for one in layer["maps"]:
            row, column = divmod(one["channel"], layer["columns"])
            at = row * layer["height"] + one["row"], column * layer["width"] + one["column"]
            assert sheet[at] == pytest.approx(255 * one["largest"] / strongest, abs=1)
        means = [one["mean"] for one in layer["maps"]]
        assert means == sorted(means, reverse=True)


def test_direction_maps_say_which_way_the_pen_moved(client: FlaskClient) -> None:
    to_the_right = {"strokes": [{"x": [0, 50, 100], "y": [0, 0, 0]}], "mode": "digit"}

    directions = client.post(ADDRESS, json=to_the_right).json["directions"]

    assert directions["channels"] == 8
    assert [one["channel"] for one in directions["maps"] if one["largest"] > 0] == [0]


def test_a_dot_has_no_frame_and_is_explained_all_the_same(client: FlaskClient) -> None:
    told = client.post(ADDRESS, json={"strokes": [{"x": [5], "y": [5]}]}).json

    _adds_up(told)
    assert told["frame"] is None


def test_without_pictures_the_numbers_are_the_same(
    client: FlaskClient, seven: dict[str, Any]
) -> None:
    with_pictures = client.post(ADDRESS, json=seven).json

    without = client.post(ADDRESS, json={**seven, "images": False}).json

    assert without["evidence"] == with_pictures["evidence"]
    assert "image" not in json.dumps(without)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"digit": 1}, "digit"), ({"digit": -1}, "digit"), ({"digit": "0"}, "digit"),
        ({"digit": True}, "digit"), ({"digit": 0.5}, "digit"), ({"digit": 10**400}, "digit"),
        ({"strokes": []}, "digit"), ({"strokes": [{"x": [1]}]}, "strokes[0].y"),
        ({"mode": "letter"}, "mode"), ({"images": 1}, "images"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_used_is_named(
    client: FlaskClient, seven: dict[str, Any], change: dict[str, Any], field: str
) -> None:
    answer = client.post(ADDRESS, json={**seven, **change})

    assert (answer.status_code, answer.json["field"]) == (422, field)
    assert answer.content_type == "application/problem+json"
    Problem.model_validate(answer.json)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400), (b"[]", "application/json", 422),
        (b"null", "application/json", 422), (b"{}", "text/plain", 415),
        (b" " * 1_048_577, "application/json", 413),
    ],
)  # fmt: skip
def test_a_body_that_is_no_drawing_is_refused(
    client: FlaskClient, body: bytes, content_type: str, status: int
) -> None:
    answer = client.post(ADDRESS, data=body, content_type=content_type)

    assert answer.status_code == status


def test_the_reason_is_told_in_the_language_of_the_caller(
    client: FlaskClient, seven: dict[str, Any]
) -> None:
    body, headers = {**seven, "digit": 3}, {"Accept-Language": "vi"}

    detail = client.post(ADDRESS, json=body, headers=headers).json["detail"]

    assert detail.startswith("digit là 3")


def test_a_picture_is_explained_without_directions(client: FlaskClient) -> None:
    content = as_file(paper(2, size=(480, 200)))

    told = [_send_picture(client, content, digit=str(digit)) for digit in (0, 1)]

    for digit, one in enumerate(told):
        assert one.status_code == 200
        assert len(one.data) < MOST_BYTES
        _adds_up(one.json)
        assert (one.json["directions"], one.json["frame"]) == (None, None)
        assert (one.json["digit"], np.argmax(one.json["logits"])) == (digit, 7)


@pytest.mark.parametrize("digit", ["1", "-1", "x", "", "٣", "1e3", "9" * 5000])
def test_a_digit_that_a_picture_has_not_is_named(client: FlaskClient, digit: str) -> None:
    answer = _send_picture(client, as_file(paper()), digit=digit)

    assert (answer.status_code, answer.json["field"]) == (422, "digit")


def test_an_explanation_costs_as_much_of_the_limit_as_a_picture(
    released_models: Path, seven: dict[str, Any]
) -> None:
    settings = {"TESTING": True, "NET_MODELS_DIR": released_models, "NET_PREDICTIONS_A_MINUTE": 25}
    client = create_app(settings).test_client()

    statuses = [client.post(ADDRESS, json=seven).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]


@pytest.fixture
def older_run(released_models: Path, tmp_path: Path) -> Path:
    """A models folder whose run was made before there were explanations."""
    name = (released_models / "current").read_text().strip()
    run = shutil.copytree(released_models / name, tmp_path / name)
    files = json.loads((run / "run.json").read_text())["files"]
    for file in run.glob("*.explanation.pb"):
        file.unlink()
        del files[file.name]
    change_details(run, files=files)
    (tmp_path / "current").write_text(name)
    return tmp_path


def test_an_older_run_answers_and_says_that_it_cannot_be_explained(
    older_run: Path, seven: dict[str, Any]
) -> None:
    client = create_app({"TESTING": True, "NET_MODELS_DIR": older_run}).test_client()

    answers = [client.post(ADDRESS, json=seven), _send_picture(client, as_file(paper()))]

    assert client.post("/api/v1/predictions", json=seven).json["text"] == "7"
    for answer in answers:
        assert answer.status_code == 404
        assert answer.json["type"].endswith("#cannot-be-explained")
        assert answer.json["type"].partition("#")[2] in client.get("/api/docs").text


def test_the_example_adds_up() -> None:
    example = Explanation.model_validate(EXPLANATION_EXAMPLE)

    for rows, bias, logit in zip(example.evidence, example.bias, example.logits, strict=True):
        assert sum(map(sum, rows)) + bias == logit
