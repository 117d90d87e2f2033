from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from webapp.activity.counted import VERDICTS


def _value(client: FlaskClient, series: str) -> float:
    found = re.search(rf"^{re.escape(series)} (\S+)$", client.get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_answers_are_counted_by_verdict(bare_client: FlaskClient, seven: dict[str, Any]) -> None:
    before = _value(bare_client, 'net_predictions_total{verdict="digit"}')

    bare_client.post("/api/v1/predictions", json=seven)

    assert _value(bare_client, 'net_predictions_total{verdict="digit"}') == before + 1


def test_requests_are_counted_and_timed_by_route(bare_client: FlaskClient) -> None:
    count = 'net_http_requests_total{method="GET",route="/api/v1/predictions",status="405"}'
    unknown = 'net_http_requests_total{method="GET",route="unknown",status="404"}'
    timed = 'net_http_request_seconds_count{route="/livez"}'
    before = [_value(bare_client, series) for series in (unknown, timed)]

    bare_client.get("/api/v1/predictions")
    bare_client.get("/nothing")
    bare_client.get("/livez")

    after = [_value(bare_client, series) for series in (unknown, timed)]
    assert after == [value + 1 for value in before]
    assert _value(bare_client, count) == 0  # a method that is not allowed has no route


def test_a_stranger_cannot_add_series(bare_client: FlaskClient) -> None:
    for attempt in ("one", "two"):
        bare_client.open(f"/{attempt}", method=attempt.upper())

    text = bare_client.get("/metrics").text
    assert "one" not in re.findall(r'route="([^"]*)"', text)
    assert "TWO" not in text
    assert 'method="other",route="unknown"' in text


def test_each_stage_of_a_prediction_is_timed_also_one_that_fails(
    bare_client: FlaskClient, seven: dict[str, Any]
) -> None:
    series = [
        f'net_prediction_stage_seconds_count{{kind="drawing",stage="{stage}"}}'
        for stage in ("parse", "recognise", "serialise")
    ]
    before = [_value(bare_client, name) for name in series]

    bare_client.post("/api/v1/predictions", json=seven)
    bare_client.post("/api/v1/predictions", json={"strokes": 5})

    after = [_value(bare_client, name) for name in series]
    assert [new - old for new, old in zip(after, before, strict=True)] == [2, 1, 1]


def test_confidences_of_what_was_read_are_counted(
    bare_client: FlaskClient, recognizer: Any, seven: dict[str, Any]
) -> None:
    series = ['net_prediction_confidence_bucket{le="0.8"}', "net_prediction_confidence_count"]
    before = [_value(bare_client, name) for name in series]

    bare_client.post("/api/v1/predictions", json=seven)  # is answered with 0.9
    recognizer.answer = replace(recognizer.answer, verdict="blank", confidence=1)
    bare_client.post("/api/v1/predictions", json=seven)

    after = [_value(bare_client, name) for name in series]
    assert [new - old for new, old in zip(after, before, strict=True)] == [0, 1]


def test_a_verdict_that_never_occurred_is_counted_as_none(bare_client: FlaskClient) -> None:
    text = bare_client.get("/metrics").text

    assert set(re.findall(r'net_predictions_total\{verdict="(\w+)"\}', text)) == set(VERDICTS)


def test_lines_of_trouble_in_the_log_are_counted(
    bare_client: FlaskClient, recognizer: Any, seven: dict[str, Any]
) -> None:
    series = 'net_log_lines_total{level="error"}'
    before = _value(bare_client, series)

    recognizer.failure = ZeroDivisionError("a mistake")
    bare_client.post("/api/v1/predictions", json=seven)

    assert _value(bare_client, series) == before + 1
