from __future__ import annotations

from types import MappingProxyType

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.redis_server import RedisServer
from tests.webapp.accounts.entrance import add_person, send_form, sign_in
from tests.webapp.admin.conftest import MakeApp

PER_ADDRESS = 10
PER_NAME = 20


def client_at(app: APIFlask, address: str) -> FlaskClient:
    client = FlaskClient(app)
    client.environ_base["REMOTE_ADDR"] = address
    return client


@pytest.fixture
def guarded(app: APIFlask) -> APIFlask:
    """An app that "an" may sign in to."""
    add_person(app)
    return app


def fail(client: FlaskClient, times: int, name: str = "an") -> list[int]:
    return [sign_in(client, name, "wrong").status_code for _ in range(times)]


def test_an_address_that_fails_often_has_to_wait(guarded: APIFlask) -> None:
    client = client_at(guarded, "203.0.113.7")

    statuses = fail(client, PER_ADDRESS)
    answer = sign_in(client)

    assert statuses == [401] * PER_ADDRESS
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    assert "wait 5 min" in answer.text


def test_other_addresses_need_not_wait(guarded: APIFlask) -> None:
    fail(client_at(guarded, "203.0.113.7"), PER_ADDRESS + 1)

    assert sign_in(client_at(guarded, "203.0.113.8")).status_code == 303


def test_a_name_that_is_tried_from_everywhere_has_to_wait(guarded: APIFlask) -> None:
    for number in range(PER_NAME):
        fail(client_at(guarded, f"203.0.113.{number}"), 1)

    answer = sign_in(client_at(guarded, "203.0.113.200"))

    assert answer.status_code == 429


def test_a_whole_ipv6_network_is_one_visitor(guarded: APIFlask) -> None:
    for number in range(PER_ADDRESS):
        fail(client_at(guarded, f"2001:db8::{number + 1:x}"), 1)

    assert sign_in(client_at(guarded, "2001:db8::ffff")).status_code == 429
    assert sign_in(client_at(guarded, "2001:db8:0:1::1")).status_code == 303


def test_only_failures_count(guarded: APIFlask) -> None:
    client = client_at(guarded, "203.0.113.7")

    statuses = [sign_in_and_out(client) for _ in range(PER_NAME + 2)]

    assert set(statuses) == {303}


def sign_in_and_out(client: FlaskClient) -> int:
    status = sign_in(client).status_code
    send_form(client, "/sign-out", "/admin/account")
    return status


def test_the_present_password_cannot_be_guessed_from_within(guarded: APIFlask) -> None:
    client = client_at(guarded, "203.0.113.7")
    sign_in(client)
    fields = MappingProxyType({"present": "wrong", "password": "x" * 12, "repeat": "x" * 12})

    statuses = [
        send_form(client, "/admin/account/password", "/admin/account", **fields).status_code
        for _ in range(PER_ADDRESS + 1)
    ]

    assert statuses == [401] * PER_ADDRESS + [429]


def test_with_redis_all_workers_count_together(
    admin_app: MakeApp, redis_server: RedisServer
) -> None:
    apps = [admin_app(NET_LIMITS_URL=redis_server.url) for _ in range(2)]
    add_person(apps[0])
    clients = [client_at(app, "203.0.113.7") for app in apps]

    for client in clients:
        fail(client, PER_ADDRESS // 2)

    assert [sign_in(client).status_code for client in clients] == [429, 429]


def test_a_redis_that_is_away_keeps_nobody_out(
    admin_app: MakeApp, redis_server: RedisServer
) -> None:
    app = admin_app(NET_LIMITS_URL=redis_server.url)
    add_person(app)
    client = client_at(app, "203.0.113.7")
    fail(client, 1)

    redis_server.stop()
    statuses = fail(client, PER_ADDRESS + 1)
    redis_server.start()

    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert sign_in(client_at(app, "203.0.113.8")).status_code == 303
