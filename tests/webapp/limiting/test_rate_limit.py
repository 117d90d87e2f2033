from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.redis_server import RedisServer
from tests.webapp.admin.conftest import MakeApp, admin_app
from tests.written_paper import as_file, paper
from webapp.limiting import limiter, monotonic_storage, rate_limit

__all__ = ["admin_app"]

ADDRESS = "/api/v1/predictions"
PER_MINUTE = 12


def ask(client: FlaskClient, drawing: dict[str, Any], times: int = 1, **headers: str) -> list[int]:
    return [client.post(ADDRESS, json=drawing, headers=headers).status_code for _ in range(times)]


@pytest.fixture
def client(admin_app: MakeApp) -> FlaskClient:
    return FlaskClient(admin_app(NET_PREDICTIONS_A_MINUTE=PER_MINUTE))


def test_an_address_that_asks_too_often_is_told_when_to_go_on(
    client: FlaskClient, seven: dict[str, Any]
) -> None:
    statuses = ask(client, seven, PER_MINUTE)
    answer = client.post(ADDRESS, json=seven)

    assert statuses == [200] * PER_MINUTE
    assert answer.status_code == 429
    assert answer.json["status"] == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    assert answer.content_type == "application/problem+json"


class Clock:
    """A time of day that can be set, and one that only goes on."""

    def __init__(self) -> None:
        self.set_back = 0.0
        self.passed = 0.0

    def time(self) -> float:
        return time.time() - self.set_back + self.passed

    def monotonic(self) -> float:
        return time.monotonic() + self.passed


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (rate_limit, monotonic_storage, limiter):
        monkeypatch.setattr(module, "time", clock)
    return clock


def test_a_clock_that_is_set_back_keeps_nobody_out_for_longer(
    client: FlaskClient, seven: dict[str, Any], clock: Clock
) -> None:
    ask(client, seven, PER_MINUTE)
    clock.set_back = 3600

    answer = client.post(ADDRESS, json=seven)
    clock.passed = int(answer.headers["Retry-After"])

    assert answer.status_code == 429
    assert 0 < clock.passed <= 60
    assert ask(client, seven) == [200]


def test_a_clock_that_is_set_back_keeps_nobody_from_correcting_for_longer(
    admin_app: MakeApp, seven: dict[str, Any], clock: Clock
) -> None:
    client = FlaskClient(admin_app(NET_CORRECTIONS_A_MINUTE=1))
    body = {"label": "7", "strokes": seven["strokes"]}

    statuses = [client.post("/api/v1/corrections", json=body).status_code]
    clock.set_back = 3600
    answer = client.post("/api/v1/corrections", json=body)
    clock.passed = int(answer.headers["Retry-After"])
    statuses += [answer.status_code, client.post("/api/v1/corrections", json=body).status_code]

    assert statuses == [201, 429, 201]
    assert 0 < clock.passed <= 60


def test_others_may_go_on_also_behind_the_same_proxy(
    client: FlaskClient, seven: dict[str, Any]
) -> None:
    first = ask(client, seven, PER_MINUTE + 1, **{"X-Forwarded-For": "203.0.113.7"})
    second = ask(client, seven, 1, **{"X-Forwarded-For": "203.0.113.8"})

    assert (first[-1], second) == (429, [200])


def test_a_stranger_cannot_pass_for_many(client: FlaskClient, seven: dict[str, Any]) -> None:
    client.environ_base["REMOTE_ADDR"] = "198.51.100.1"

    statuses = [
        *(ask(client, seven, 1, **{"X-Forwarded-For": f"203.0.113.{at}"}) for at in range(20))
    ]

    assert statuses[-1] == [429]


def test_a_picture_counts_as_several_drawings(client: FlaskClient, seven: dict[str, Any]) -> None:
    picture = {"image": (BytesIO(as_file(paper(size=(64, 48)), "PNG")), "a.png")}

    first = client.post(f"{ADDRESS}/image", data=picture).status_code
    rest = ask(client, seven, PER_MINUTE - rate_limit.PICTURE_COST + 1)

    assert first == 200
    assert rest == [200, 200, 429]


def test_no_limit_is_no_limit(admin_app: MakeApp, seven: dict[str, Any]) -> None:
    client = FlaskClient(admin_app(NET_PREDICTIONS_A_MINUTE=0))

    assert set(ask(client, seven, 50)) == {200}


def test_many_at_a_time_are_taken_from_the_storage_and_the_limit_holds(
    admin_app: MakeApp, seven: dict[str, Any]
) -> None:
    client = FlaskClient(admin_app(NET_PREDICTIONS_A_MINUTE=601))

    statuses = ask(client, seven, 700)

    assert statuses == [200] * 601 + [429] * 99


def test_with_redis_all_workers_count_together(
    admin_app: MakeApp, redis_server: RedisServer, seven: dict[str, Any]
) -> None:
    settings = {"NET_PREDICTIONS_A_MINUTE": PER_MINUTE, "NET_LIMITS_URL": redis_server.url}
    clients = [FlaskClient(admin_app(**settings)) for _ in range(2)]

    statuses = [status for client in clients for status in ask(client, seven, PER_MINUTE)]

    assert statuses == [200] * PER_MINUTE + [429] * PER_MINUTE


def test_a_redis_that_goes_and_comes_back_keeps_nobody_from_drawing(
    admin_app: MakeApp,
    redis_server: RedisServer,
    seven: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rate_limit, "STORAGE_RETRY_SECONDS", 0)
    settings = {"NET_PREDICTIONS_A_MINUTE": PER_MINUTE, "NET_LIMITS_URL": redis_server.url}
    first, second = (FlaskClient(admin_app(**settings)) for _ in range(2))

    redis_server.stop()
    while_away = ask(first, seven, 2)
    redis_server.start()
    back = ask(first, seven, PER_MINUTE)

    assert while_away == [200, 200]
    assert back == [200] * PER_MINUTE
    assert ask(second, seven) == [429]
