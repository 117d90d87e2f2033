"""POST /api/v1/predictions/batch: each drawing is answered as it would be alone."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient

from webapp.api.schemas import Predictions

ADDRESS = "/api/v1/predictions/batch"


def test_every_drawing_is_answered_in_its_order_and_as_it_is_alone(
    client: FlaskClient, seven: dict[str, Any]
) -> None:
    one = {"strokes": [{"x": [50, 51, 50], "y": [0, 90, 200]}], "mode": "digit"}
    drawings = [seven, {"strokes": []}, one]

    answer = client.post(ADDRESS, json={"drawings": drawings})

    assert answer.status_code == 200
    Predictions.model_validate(answer.json, strict=True)
    predictions = answer.json["predictions"]
    assert [prediction["text"] for prediction in predictions] == ["7", "", "1"]
    alone = [client.post("/api/v1/predictions", json=drawing).json for drawing in drawings]
    for together, single in zip(predictions, alone, strict=True):
        assert together["verdict"] == single["verdict"]
        assert abs(together["confidence"] - single["confidence"]) < 1e-4
    assert len({prediction["id"] for prediction in predictions}) == 3


def test_a_batch_without_images_has_none(client: FlaskClient, seven: dict[str, Any]) -> None:
    body = {"drawings": [seven, {**seven, "images": True}], "images": False}

    predictions = client.post(ADDRESS, json=body).json["predictions"]

    assert ["image" in one["digits"][0] for one in predictions] == [False, False]
    assert predictions[0]["digits"][0]["box"]


def test_no_drawings_are_no_predictions(bare_client: FlaskClient) -> None:
    assert bare_client.post(ADDRESS, json={"drawings": []}).json == {"predictions": []}


def test_one_bad_drawing_is_named_and_none_is_answered(
    bare_client: FlaskClient, recognizer: Any, seven: dict[str, Any]
) -> None:
    bad = {"strokes": [{"x": [1], "y": [None]}]}

    answer = bare_client.post(ADDRESS, json={"drawings": [seven, bad]})

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["field"] == "drawings[1].strokes[0].y"
    assert recognizer.asked == 0


def test_too_many_drawings_are_refused(bare_client: FlaskClient, seven: dict[str, Any]) -> None:
    answer = bare_client.post(ADDRESS, json={"drawings": [seven] * 65})

    assert answer.status_code == 422
    assert answer.json["detail"] == "drawings must hold at most 64 drawings, but holds 65."


def test_a_batch_is_json(bare_client: FlaskClient) -> None:
    assert bare_client.post(ADDRESS, data=b"{}", content_type="text/plain").status_code == 415
    assert bare_client.post(ADDRESS, data=b"{", content_type="application/json").status_code == 400


def test_a_batch_costs_its_client_as_much_as_its_drawings_alone(
    make_client: Any, seven: dict[str, Any]
) -> None:
    client = make_client({"NET_PREDICTIONS_A_MINUTE": 5})

    first = client.post(ADDRESS, json={"drawings": [seven] * 4})
    second = client.post(ADDRESS, json={"drawings": [seven] * 4})

    assert (first.status_code, second.status_code) == (200, 429)
    assert int(second.headers["Retry-After"]) >= 1


def test_every_drawing_of_a_batch_is_counted(
    bare_client: FlaskClient, seven: dict[str, Any]
) -> None:
    def counted() -> float:
        text = bare_client.get("/metrics").get_data(as_text=True)
        return float(re.findall(r'net_predictions_total\{verdict="digit"\} (\S+)', text)[0])

    before = counted()

    bare_client.post(ADDRESS, json={"drawings": [seven] * 3})

    assert counted() == before + 3


def test_the_document_tells_of_batches(bare_client: FlaskClient) -> None:
    document = bare_client.get("/api/v1/openapi.json").json

    operation = document["paths"][ADDRESS]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert schema["$ref"].endswith("/Drawings")
    assert document["components"]["schemas"]["Drawings"]["properties"]["drawings"]["maxItems"] == 64
