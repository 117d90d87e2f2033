from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from recognizer.errors import NoModelError


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_request_is_one_line_with_what_it_was_about(
    make_client: Callable[..., FlaskClient],
    seven: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    client = make_client({"NET_LOG_FORMAT": "json"})

    client.post("/api/v1/predictions", json=seven, headers={"X-Request-ID": "abc-123"})

    (line,) = _lines(capsys.readouterr().err)
    assert line.pop("milliseconds") >= 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "abc-123",
        "method": "POST",
        "path": "/api/v1/predictions",
        "status": 200,
        "run": "a-run",
        "verdict": "digit",
    }


def test_the_drawing_never_stands_in_the_log(
    make_client: Callable[..., FlaskClient], capsys: pytest.CaptureFixture[str]
) -> None:
    client = make_client({"NET_LOG_LEVEL": "debug"})

    client.post("/api/v1/predictions", json={"strokes": [{"x": [424242], "y": ["424242"]}]})

    log = capsys.readouterr().err
    assert "/api/v1/predictions" in log
    assert "424242" not in log


def test_the_reason_of_a_refusal_stands_in_the_line(
    make_client: Callable[..., FlaskClient],
    recognizer: Any,
    seven: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    client = make_client({"NET_LOG_FORMAT": "json"})
    recognizer.failure = NoModelError("there is none")

    client.post("/api/v1/predictions", json=seven)
    client.post("/api/v1/predictions", json={"strokes": 5})

    lines = _lines(capsys.readouterr().err)
    assert [line["reason"] for line in lines] == ["there is none", "not_a_list"]
    assert "run" not in lines[1]


@pytest.mark.parametrize("given", ["abc-123", "A.b_c:9", "x" * 128])
def test_a_well_formed_request_id_is_kept(bare_client: FlaskClient, given: str) -> None:
    answer = bare_client.get("/livez", headers={"X-Request-ID": given})

    assert answer.headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "x" * 129, "a b", "a\tb", "<script>", "é"])
def test_another_request_id_is_replaced(bare_client: FlaskClient, given: str) -> None:
    first, second = (
        bare_client.get("/livez", headers={"X-Request-ID": given}).headers["X-Request-ID"]
        for _ in range(2)
    )

    assert given not in (first, second)
    assert first != second


def test_probes_that_go_well_are_not_logged(
    make_client: Callable[..., FlaskClient], capsys: pytest.CaptureFixture[str]
) -> None:
    client = make_client({"NET_LOG_FORMAT": "json"})

    client.get("/livez")
    client.get("/metrics")

    assert capsys.readouterr().err == ""


def test_lines_of_other_libraries_take_the_same_form(
    make_client: Callable[..., FlaskClient], capsys: pytest.CaptureFixture[str]
) -> None:
    make_client({"NET_LOG_FORMAT": "json"})

    logging.getLogger("recognizer.runs.registry").warning("still serving %s", "a-run")

    (line,) = _lines(capsys.readouterr().err)
    assert (line["event"], line["level"]) == ("still serving a-run", "warning")


def test_a_failure_is_logged_with_its_traceback_and_request(
    make_client: Callable[..., FlaskClient],
    recognizer: Any,
    seven: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    client = make_client({"NET_LOG_FORMAT": "json"})
    recognizer.failure = ZeroDivisionError("a mistake")

    answer = client.post("/api/v1/predictions", json=seven)

    failure, request = _lines(capsys.readouterr().err)
    assert failure["request_id"] == request["request_id"] == answer.headers["X-Request-ID"]
    assert failure["exception"].endswith("ZeroDivisionError: a mistake")


def test_a_person_can_read_the_log_as_text(
    make_client: Callable[..., FlaskClient], capsys: pytest.CaptureFixture[str]
) -> None:
    client = make_client({"NET_LOG_FORMAT": "text"})

    client.get("/api/nothing")

    assert "path=/api/nothing" in capsys.readouterr().err
