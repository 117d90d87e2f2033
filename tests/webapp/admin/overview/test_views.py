from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from webapp.activity.presence import Worker, describe
from webapp.activity.rollup import PERIODS, write_minutes
from webapp.activity.scales import latency_step
from webapp.health.probes import probes
from webapp.services import Services
from webapp.storage.tables import now

PATIENCE_SECONDS = 60
COUNTS = {
    "sent.drawing": 90, "sent.picture": 10,
    "verdict.digit": 80, "verdict.unsure": 13, "verdict.not_a_digit": 7,
    "confidence.11": 60, "confidence.4": 33, "digit.7": 50, "digit.1": 43,
    f"drawing_seconds.{latency_step(0.004)}": 90,
    "status.404": 4, "status.503": 1,
}  # fmt: skip


@pytest.fixture
def busy(app: APIFlask) -> APIFlask:
    """An app that has counted something a moment ago, on two workers."""
    minute = int(now().timestamp()) // 60
    with _parts(app).database.session() as session:
        for worker in ("one", "two"):
            write_minutes(session, worker, {minute: COUNTS})
    return app


def _parts(app: APIFlask) -> Services:
    parts: Services = app.extensions["net"]
    return parts


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def _charts(html: str) -> dict[str, Any]:
    found = re.search(r'id="counted".*?<script[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found
    charts: dict[str, Any] = json.loads(found[1])
    return charts


def test_the_counts_of_all_workers_are_told_in_figures(busy: APIFlask) -> None:
    page = _text(signed_in(busy, "viewer").get("/admin").text)

    assert "Predictions 200 180 drawings, 20 pictures" in page
    assert "Refused as no digit 7.0 % 13.0 % unsure" in page
    assert re.search(r"A drawing takes 4\.\d ms 95 % within 4\.\d ms", page)
    assert "Errors 10 of these, 2 are faults of the server" in page


@pytest.mark.parametrize("period", PERIODS)
def test_each_chart_shows_the_period_that_was_chosen(busy: APIFlask, period: str) -> None:
    charts = _charts(signed_in(busy, "viewer").get(f"/admin?period={period}").text)

    verdicts = {one["name"]: one for one in charts["verdicts"]["series"]}
    assert set(verdicts) == {"a digit", "unsure", "not a digit"}
    assert len(verdicts["a digit"]["x"]) == PERIODS[period].bins
    assert sum(verdicts["a digit"]["y"]) == 160
    assert sum(map(sum, charts["digits"]["cells"]["z"])) == 2 * 93
    bands = {one["name"]: sum(one["y"]) for one in charts["confidence"]["series"]}
    assert bands == {
        "Almost certain": pytest.approx(60 / 93),
        "Not sure": pytest.approx(33 / 93),
    }
    assert {one["name"] for one in charts["errors"]["series"]} == {"404", "503"}
    assert max(y or 0 for y in charts["drawing-latency"]["series"][2]["y"]) > 3


def test_an_unknown_period_shows_the_hour(busy: APIFlask) -> None:
    page = signed_in(busy, "viewer").get("/admin?period=century")

    assert page.status_code == 200
    assert 'data-period="hour"' in page.text


def test_a_minute_that_is_not_over_is_no_less_busy_for_that(busy: APIFlask) -> None:
    charts = _charts(signed_in(busy, "viewer").get("/admin").text)

    drawings = charts["predictions"]["series"][0]
    assert max(drawings["y"]) >= 180


def test_without_a_model_and_without_visitors_it_says_what_to_do(
    operator_client: SignedInClient,
) -> None:
    page = _text(operator_client.get("/admin").text)

    assert "No run is served. Drawings cannot be answered before one is. Choose a run" in page
    assert "Nobody has drawn in this period" in page
    assert "none: jobs wait until one is started python -m webapp.jobs.worker" in page


def test_the_served_run_is_shown_with_its_figures_and_who_activated_it(
    admin_app: MakeApp, released_models: Path
) -> None:
    name = (released_models / "current").read_text().strip()

    page = _text(signed_in(admin_app(released_models), "viewer").get("/admin").text)

    assert f"Served now {name} Recipe {name.rpartition('-')[2]}" in page
    assert re.search(r"MNIST test images read right 99\.\d\d %", page)


def test_memory_is_that_of_all_workers_and_disks_are_told(
    app: APIFlask, viewer_client: SignedInClient
) -> None:
    long_ago = now() - timedelta(hours=3)
    with _parts(app).database.session() as session:
        for pid in (1, 2):
            worker = Worker("here", pid, None, None, 60_000_000, long_ago, long_ago)
            describe(session, str(pid), worker)
    (Path(_parts(app).configuration.models_folder) / "large").write_bytes(bytes(2_500_000))

    page = _text(viewer_client.get("/admin").text)

    assert "Web workers 2, 120 MB" in page
    assert re.search(r"Models folder 2\.5 MB; \S+ [kMGT]?B of \S+ [kMGT]?B free", page)


def test_what_the_servers_own_checks_found_is_told_with_what_to_do(admin_app: MakeApp) -> None:
    app = admin_app(NET_LIMITS_URL="redis://127.0.0.1:9")
    with app.app_context():
        probes().dependencies.latest(PATIENCE_SECONDS)

    page = _text(signed_in(app, "viewer").get("/admin").text)

    assert "The counters of limits do not answer: each worker counts for itself." in page
    assert "start it, and see NET_LIMITS_URL" in page


def test_what_a_drawing_is_answered_with_is_counted(
    app: APIFlask, viewer_client: SignedInClient, seven: dict[str, Any]
) -> None:
    viewer_client.post("/api/v1/predictions", json=seven)
    viewer_client.post("/api/v1/predictions", json={})

    (counts,) = _parts(app).counters.take_unsaved().values()

    assert (counts["sent.drawing"], counts["verdict.digit"], counts["status.422"]) == (1, 1, 1)


def test_the_page_is_told_in_vietnamese_numbers(busy: APIFlask) -> None:
    client = signed_in(busy, "viewer")

    page = _text(client.get("/admin", headers={"Accept-Language": "vi"}).text)

    assert "7,0 %" in page
