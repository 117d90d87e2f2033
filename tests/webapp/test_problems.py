from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from recognizer.errors import NoModelError, RunError
from webapp.api.schemas import Box, Problem

ADDRESS = "/api/v1/predictions"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/v1/predictions", 405),
        ("DELETE", "/api/v1/models/current", 405),
        ("POST", "/api/v1/predictions", 415),
        ("GET", "/api/v1/models/current", 503),
    ],
)
def test_every_error_under_api_is_problem_details(
    bare_client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = bare_client.open(path, method=method)

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
    Problem.model_validate(answer.json, strict=True)


def test_an_error_elsewhere_is_a_page(bare_client: FlaskClient) -> None:
    answer = bare_client.get("/nothing")

    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is nothing at this address." in answer.text


def test_a_method_that_is_not_allowed_is_told_which_are(bare_client: FlaskClient) -> None:
    answer = bare_client.get(ADDRESS)

    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_an_unexpected_failure_tells_the_log_everything_and_the_caller_nothing(
    bare_client: FlaskClient, recognizer: Any, seven: dict[str, Any]
) -> None:
    recognizer.failure = ZeroDivisionError("a secret")

    with capture_logs() as lines:
        answer = bare_client.post(ADDRESS, json=seven)

    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    (line,) = [line for line in lines if line["event"] == "unexpected error"]
    assert line["exc_info"] is recognizer.failure


@pytest.mark.parametrize("failure", [NoModelError("/a/path"), RunError("/a/path")])
def test_without_a_model_the_caller_is_told_when_to_ask_again(
    bare_client: FlaskClient, recognizer: Any, seven: dict[str, Any], failure: Exception
) -> None:
    recognizer.failure = failure

    answer = bare_client.post(ADDRESS, json=seven)

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "/a/path" not in answer.text


def test_problems_are_told_in_the_language_of_the_caller(bare_client: FlaskClient) -> None:
    vietnamese = {"Accept-Language": "vi-VN,vi;q=0.9,en;q=0.5"}

    english, translated = (
        bare_client.post(ADDRESS, json={"strokes": 5}, headers=headers)
        for headers in ({}, vietnamese)
    )

    assert english.json["detail"] == "strokes must be a list."
    assert translated.headers["Content-Language"] == "vi"
    assert translated.json["field"] == "strokes"
    assert translated.json["title"] != english.json["title"]
    assert translated.json["detail"] != english.json["detail"]


def test_what_apiflask_finds_wrong_is_told_field_by_field(
    make_client: Callable[..., FlaskClient],
) -> None:
    client = make_client()
    app = cast(APIFlask, client.application)

    @app.post("/api/boxes")
    @app.input(Box, arg_name="box")
    def create_box(box: Box) -> str:
        return "created"

    answer = client.post("/api/boxes", json={"x": 1, "y": "low", "width": 2, "height": 3})

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert [error["field"] for error in answer.json["errors"]] == ["y"]


def test_a_page_that_cannot_be_shown_still_has_its_status_and_sentence(
    make_client: Callable[..., FlaskClient],
) -> None:
    client = make_client({"NET_TRUSTED_HOSTS": "good.example"})

    with capture_logs():
        answer = client.get("/nothing", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_only_trusted_hosts_are_answered_when_they_are_named(
    make_client: Callable[..., FlaskClient],
) -> None:
    client = make_client({"NET_TRUSTED_HOSTS": "good.example"})

    statuses = [
        client.get("/livez", headers={"Host": host}).status_code
        for host in ("good.example", "evil.example")
    ]

    assert statuses == [200, 400]
