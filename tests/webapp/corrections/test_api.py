"""Anybody may say what a drawing was, say it anew, and take it back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import inspect

from recognizer.limits import MAX_DRAWING_BYTES
from tests.postgresql_server import PostgresqlServer
from tests.webapp.admin.conftest import MakeApp
from tests.webapp.corrections.conftest import ADDRESS, ANSWER, SEVEN, Correct, correction, kept
from webapp.api import correction_schemas, schemas

PREDICTION = "0d6f3c1e9a7b45c8"


def test_a_correction_is_kept_with_what_was_answered(app: APIFlask, client: FlaskClient) -> None:
    body = correction(prediction=PREDICTION, mode="digit")

    answer = client.post(ADDRESS, json=body, headers={"Accept-Language": "vi"})

    assert answer.status_code == 201
    assert set(answer.json) == {"id", "token"}
    correction_schemas.KeptCorrection.model_validate(answer.json, strict=True)
    (one,) = kept(app)
    assert (one.id, one.label, one.language, one.state) == (answer.json["id"], "7", "vi", "waiting")
    assert (one.answer, one.verdict, one.confidence) == ("1", "digit", 0.93)
    assert (one.run, one.prediction, one.drawing.mode) == (ANSWER["run"], PREDICTION, "digit")
    assert json.loads(one.drawing.strokes) == SEVEN


@pytest.mark.parametrize("origin", ["correction", "practice"])
def test_a_drawing_from_practice_is_marked_as_one(
    app: APIFlask, correct: Correct, origin: str
) -> None:
    correct(origin=origin)
    correct(origin=None)
    correct()

    assert sorted(one.origin for one in kept(app)) == sorted([origin, *2 * ["correction"]])


def test_nothing_is_kept_of_who_sent_it(app: APIFlask, client: FlaskClient) -> None:
    headers = {"User-Agent": "a-browser", "X-Forwarded-For": "203.0.113.9", "Referer": "/x"}
    client.set_cookie("lang", "vi")

    answer = client.post(ADDRESS, json=correction(name="Mai"), headers=headers)

    assert "Set-Cookie" not in answer.headers
    (one,) = kept(app)
    rows = [one, one.drawing]
    told = str([[getattr(row, key.key) for key in inspect(type(row)).columns] for row in rows])
    for secret in ("a-browser", "203.0.113.9", "127.0.0.1", "Mai", answer.json["token"]):
        assert secret not in told


def test_only_the_strokes_of_the_contract_are_kept(app: APIFlask, correct: Correct) -> None:
    stroke = {"x": [1, 2.5], "y": [1e300, -3.0], "t": [0, 8], "p": [0.5, 1], "who": "me"}

    correct(strokes=[stroke, {"x": [0], "y": [0], "t": None}])

    (one,) = kept(app)
    assert len(one.drawing.strokes) < 100  # a large number is not written out
    assert json.loads(one.drawing.strokes) == [
        {"x": [1, 2.5], "y": [1e300, -3], "t": [0, 8], "p": [0.5, 1]},
        {"x": [0], "y": [0]},
    ]


@pytest.mark.parametrize("label", ["", "0", "007", "1" * 32])
def test_a_label_is_digits_or_nothing_at_all(app: APIFlask, correct: Correct, label: str) -> None:
    correct(label=label)

    assert [one.label for one in kept(app)] == [label]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label": "x"}, "label"),
        ({"label": 7}, "label"),
        ({"label": None}, "label"),
        ({"label": ["7"]}, "label"),
        ({"label": " 7"}, "label"),
        ({"label": "٧"}, "label"),
        ({"label": "²"}, "label"),
        ({"label": "1" * 33}, "label"),
        ({"prediction": "1"}, "prediction"),
        ({"prediction": 5}, "prediction"),
        ({"prediction": "a" * 65}, "prediction"),
        ({"prediction": "<script>alert(1)</script>"}, "prediction"),
        ({"prediction": "a" * 20 + "\n"}, "prediction"),
        ({"strokes": []}, "strokes"),
        ({"strokes": [{"x": [], "y": []}]}, "strokes"),
        ({"strokes": "7"}, "strokes"),
        ({"strokes": [{"x": [1], "y": ["1"]}]}, "strokes[0].y"),
        ({"strokes": [{"x": [1], "y": [1], "p": [2]}]}, "strokes[0].p"),
        ({"strokes": [{"x": [0], "y": [0]}] * 257}, "strokes"),
        ({"mode": "poem"}, "mode"),
        ({"origin": "school"}, "origin"),
        ({"origin": ["practice"]}, "origin"),
        ({"answer": []}, "answer"),
        ({"answer": {"text": "seven"}}, "answer.text"),
        ({"answer": {"text": "1" * 257}}, "answer.text"),
        ({"answer": {"verdict": "yes"}}, "answer.verdict"),
        ({"answer": {"verdict": {}}}, "answer.verdict"),
        ({"answer": {"confidence": 1.1}}, "answer.confidence"),
        ({"answer": {"confidence": True}}, "answer.confidence"),
        ({"answer": {"confidence": 10**400}}, "answer.confidence"),
        ({"answer": {"run": "../../etc"}}, "answer.run"),
        ({"answer": {"run": "a\u0000b"}}, "answer.run"),
    ],
)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_breaks_a_rule_is_refused_with_the_field(
    app: APIFlask, client: FlaskClient, changes: dict[str, Any], field: str, language: str
) -> None:
    headers = {"Accept-Language": language}

    answer = client.post(ADDRESS, json=correction(**changes), headers=headers)

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Content-Language"] == language
    assert answer.json["field"] == field
    assert answer.json["errors"][0]["field"] == field
    assert kept(app) == []


def test_a_label_that_is_missing_is_named(client: FlaskClient) -> None:
    answer = client.post(ADDRESS, json={"strokes": SEVEN})

    assert (answer.status_code, answer.json["detail"]) == (422, "label is missing.")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b" " * (MAX_DRAWING_BYTES + 1), "application/json", 413),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
    ],
)
def test_what_is_no_correction_at_all_is_refused(
    client: FlaskClient, body: bytes, kind: str, status: int
) -> None:
    answer = client.post(ADDRESS, data=body, content_type=kind)

    assert answer.status_code == status
    schemas.Problem.model_validate(answer.json, strict=True)


def test_the_same_answer_corrected_again_is_one_correction(app: APIFlask, correct: Correct) -> None:
    first = correct(prediction=PREDICTION, label="1")

    second = correct(prediction=PREDICTION, label="4")

    assert second["id"] == first["id"]
    assert [one.label for one in kept(app)] == ["4"]


def test_a_correction_sent_again_keeps_what_an_operator_has_said_of_it(
    app: APIFlask, correct: Correct, operator_client: FlaskClient
) -> None:
    one = correct(prediction=PREDICTION)
    operator_client.post("/admin/corrections/accept", data={"id": one["id"]})

    correct(prediction=PREDICTION)
    states = [one.state for one in kept(app)]
    correct(prediction=PREDICTION, label="2")

    assert states == ["accepted"]
    assert [one.state for one in kept(app)] == ["waiting"]


def test_corrections_of_no_named_answer_are_each_one(app: APIFlask, correct: Correct) -> None:
    correct()
    correct()

    assert len(kept(app)) == 2


def test_who_gave_it_takes_it_back(app: APIFlask, client: FlaskClient, correct: Correct) -> None:
    one = correct()
    headers = {"Authorization": f"Bearer {one['token']}"}

    answers = [client.delete(f"{ADDRESS}/{one['id']}", headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 404]
    assert kept(app) == []


def test_only_the_newest_token_takes_a_correction_back(
    app: APIFlask, client: FlaskClient, correct: Correct
) -> None:
    first = correct(prediction=PREDICTION)
    second = correct(prediction=PREDICTION)

    answers = [
        client.delete(f"{ADDRESS}/{one['id']}", headers={"Authorization": f"Bearer {one['token']}"})
        for one in (first, second)
    ]

    assert [answer.status_code for answer in answers] == [404, 204]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic dTpw", "Bearer é", "Token {token}", "Digest a=b"]
)
def test_without_its_token_a_correction_stays(
    app: APIFlask, client: FlaskClient, correct: Correct, header: str
) -> None:
    one = correct()
    headers = {"Authorization": header.format(token=one["token"])} if header else {}

    answer = client.delete(f"{ADDRESS}/{one['id']}", headers=headers)

    assert answer.status_code == 404
    assert len(kept(app)) == 1


@pytest.mark.parametrize("name", ["1", "x" * 32, "%00" * 32, "..", "a" * 5000])
def test_a_correction_that_is_not_there_is_answered_as_one_with_another_token(
    client: FlaskClient, correct: Correct, name: str
) -> None:
    one = correct()
    headers = {"Authorization": f"Bearer {one['token']}"}

    answer = client.delete(f"{ADDRESS}/{name}", headers=headers)

    assert answer.status_code == 404


def test_a_page_from_elsewhere_may_not_send_any(client: FlaskClient) -> None:
    answer = client.options(ADDRESS, headers={"Origin": "https://elsewhere.example"})

    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_the_example_of_the_documentation_is_taken(client: FlaskClient) -> None:
    assert client.post(ADDRESS, json=correction_schemas.CORRECTION_EXAMPLE).status_code == 201
    correction_schemas.Correction.model_validate(correction_schemas.CORRECTION_EXAMPLE)
    correction_schemas.KeptCorrection.model_validate(correction_schemas.KEPT_EXAMPLE)


def test_all_of_it_works_with_postgresql(
    admin_app: MakeApp, postgresql_server: PostgresqlServer
) -> None:
    app = admin_app(NET_DATABASE_URL=postgresql_server.migrated_database(), NET_CORRECTIONS_MOST=2)
    client = FlaskClient(app)
    body = correction(prediction=PREDICTION)

    first = client.post(ADDRESS, json=body).json
    second = client.post(ADDRESS, json={**body, "label": ""}).json
    wrong = client.delete(f"{ADDRESS}/{'0' * 31}%00", headers={"Authorization": "Bearer x"})
    labels = [(one.id, one.label) for one in kept(app)]
    headers = {"Authorization": f"Bearer {second['token']}"}
    gone = client.delete(f"{ADDRESS}/{first['id']}", headers=headers)

    assert labels == [(first["id"], "")]
    assert (wrong.status_code, gone.status_code) == (404, 204)
    assert kept(app) == []
