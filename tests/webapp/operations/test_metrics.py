from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient


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
