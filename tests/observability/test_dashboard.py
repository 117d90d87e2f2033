"""The Grafana dashboard: its form, and its queries as a real Prometheus answers them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.gunicorn_server import GunicornServer
from tests.observability.metric_names import FOLDER
from tests.observability.prometheus_server import PrometheusServer, is_installed

DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
PANELS: list[dict[str, Any]] = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
QUERIES = [(panel["title"], target["expr"]) for panel in PANELS for target in panel["targets"]]
EMPTY_WHERE_ALL_IS_WELL = {"Alerts", "Stages of a picture"}


@pytest.fixture(scope="module")
def prometheus(
    tmp_path_factory: pytest.TempPathFactory, released_models: Path, seven: dict[str, Any]
) -> Iterator[PrometheusServer]:
    """A Prometheus that has seen a server answer drawings for a few seconds."""
    if not is_installed():
        pytest.skip("needs prometheus")
    folder = tmp_path_factory.mktemp("prometheus")
    answered = 'net_http_request_seconds_count{route="/api/v1/predictions"}'
    # Whatever fails here, no process is left for a later test to be blamed for.
    with ExitStack() as started:
        server = GunicornServer(folder, NET_MODELS_DIR=released_models, NET_WORKERS=1)
        started.callback(server.stop)
        server.wait_until(server.is_up)
        prometheus = PrometheusServer(folder, f"127.0.0.1:{server.port}")
        started.callback(prometheus.stop)
        server.ask("POST", "/api/v1/predictions", seven)
        prometheus.wait_for(f"{answered} and on () net_jobs")
        server.ask("POST", "/api/v1/predictions", seven)
        server.ask("POST", "/api/v1/predictions", {})
        prometheus.wait_for(f"increase({answered}[1m]) > 0")
        yield prometheus


@pytest.mark.gunicorn
def test_every_query_gives_something(prometheus: PrometheusServer) -> None:
    for title, query in QUERIES:
        filled = query.replace("$__rate_interval", "1m").replace("$instance", ".*")

        found = prometheus.ask(filled)

        assert found or title in EMPTY_WHERE_ALL_IS_WELL, f"{title}: {filled}"


def test_every_panel_can_be_told_apart_and_says_what_it_shows() -> None:
    ids = [panel["id"] for panel in DASHBOARD["panels"]]

    assert len(set(ids)) == len(ids)
    assert all(panel["title"] and panel["description"] for panel in PANELS)
    assert all(panel["datasource"]["uid"] == "${source}" for panel in PANELS)


def test_panels_do_not_lie_on_each_other() -> None:
    cells = [
        (x, y)
        for panel in DASHBOARD["panels"]
        for place in [panel["gridPos"]]
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]

    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24


def test_the_variables_that_queries_use_are_defined() -> None:
    defined = {entry["name"] for entry in DASHBOARD["templating"]["list"]}

    assert defined == {"source", "instance"}
