from __future__ import annotations

import time
from types import MappingProxyType

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.redis_server import RedisServer
from tests.webapp.accounts.conftest import PASSWORD
from tests.webapp.accounts.entrance import add_person, send_form, sign_in
from tests.webapp.admin.conftest import MakeApp

SLOWED = 5  # attempts, after which one waits some seconds
PER_ADDRESS = 60
PER_NAME = 60


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


def test_who_fails_often_waits_seconds_first_and_then_longer(
    guarded: APIFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_at(guarded, "203.0.113.7")
    passed, real, monotonic = [0.0], time.time, time.monotonic
    monkeypatch.setattr(time, "time", lambda: real() + passed[0])
    monkeypatch.setattr(time, "monotonic", lambda: monotonic() + passed[0])

    waits = []
    for _ in range(4):
        fail(client, SLOWED)
        answer = sign_in(client)
        waits.append(int(answer.headers["Retry-After"]))
        passed[0] += waits[-1] + 1

    assert answer.status_code == 429
    assert waits[0] <= 21
    assert waits[-1] > 60
    assert f"Wait {waits[-1]} seconds" in answer.text
    assert 'value="an"' in answer.text  # so that only the password is typed again


def test_a_pupil_keeps_no_teacher_out_of_the_same_address(guarded: APIFlask) -> None:
    add_person(guarded, "binh")
    pupil, teacher = client_at(guarded, "203.0.113.7"), client_at(guarded, "203.0.113.7")

    fail(pupil, 20, "an")

    assert sign_in(pupil).status_code == 429
    assert sign_in(teacher, "binh").status_code == 303


def test_a_browser_that_was_signed_in_before_gets_in(guarded: APIFlask) -> None:
    known, pupil = client_at(guarded, "203.0.113.7"), client_at(guarded, "203.0.113.7")
    sign_in_and_out(known)
    fail(pupil, PER_ADDRESS, "an")
    fail(pupil, PER_ADDRESS, "somebody-else")

    assert sign_in(pupil).status_code == 429
    assert sign_in(known).status_code == 303


def test_a_known_browser_is_known_for_its_people_alone_and_can_be_slowed_too(
    guarded: APIFlask,
) -> None:
    add_person(guarded, "binh")
    pupil, other = client_at(guarded, "203.0.113.7"), client_at(guarded, "203.0.113.7")
    sign_in_and_out(pupil, "binh")
    fail(other, SLOWED, "an")

    statuses = fail(pupil, 1, "an") + fail(pupil, SLOWED + 1, "binh")

    assert statuses == [429] + [401] * SLOWED + [429]


def test_a_made_up_mark_is_none(guarded: APIFlask) -> None:
    pupil = client_at(guarded, "203.0.113.7")
    fail(pupil, SLOWED)
    for value in ('{"an": "1"}', "eyJhbiI6IjEifQ.aaaa", "", "x" * 3000):
        pupil.set_cookie("net_browser", value, path="/sign-in")

        assert sign_in(pupil).status_code == 429


def test_an_address_that_tries_many_names_has_to_wait(guarded: APIFlask) -> None:
    client = client_at(guarded, "203.0.113.7")
    for number in range(PER_ADDRESS):
        fail(client, 1, f"name{number}")

    assert sign_in(client).status_code == 429
    assert sign_in(client_at(guarded, "203.0.113.8")).status_code == 303


def test_a_name_that_is_tried_from_everywhere_has_to_wait(guarded: APIFlask) -> None:
    for number in range(PER_NAME):
        fail(client_at(guarded, f"203.0.113.{number}"), 1)

    answer = sign_in(client_at(guarded, "203.0.113.200"))

    assert answer.status_code == 429


def test_a_whole_ipv6_network_is_one_visitor(guarded: APIFlask) -> None:
    for number in range(SLOWED):
        fail(client_at(guarded, f"2001:db8::{number + 1:x}"), 1)

    assert sign_in(client_at(guarded, "2001:db8::ffff")).status_code == 429
    assert sign_in(client_at(guarded, "2001:db8:0:1::1")).status_code == 303


def test_only_failures_count(guarded: APIFlask) -> None:
    client = client_at(guarded, "203.0.113.7")

    statuses = [sign_in_and_out(client) for _ in range(12)]

    assert set(statuses) == {303}


def sign_in_and_out(client: FlaskClient, name: str = "an") -> int:
    status = sign_in(client, name).status_code
    send_form(client, "/sign-out", "/admin/account")
    return status


def test_the_present_password_cannot_be_guessed_from_within(guarded: APIFlask) -> None:
    client = client_at(guarded, "203.0.113.7")
    sign_in(client)
    fields = MappingProxyType(
        {"present": "wrong", "password": PASSWORD + "!", "repeat": PASSWORD + "!"}
    )

    statuses = [
        send_form(client, "/admin/account/password", "/admin/account", **fields).status_code
        for _ in range(SLOWED + 1)
    ]

    assert statuses == [401] * SLOWED + [429]


def test_with_redis_all_workers_count_together(
    admin_app: MakeApp, redis_server: RedisServer
) -> None:
    apps = [admin_app(NET_LIMITS_URL=redis_server.url) for _ in range(2)]
    add_person(apps[0])
    clients = [client_at(app, "203.0.113.7") for app in apps]

    for client in clients:
        fail(client, SLOWED // 2 + 1)

    assert [sign_in(client).status_code for client in clients] == [429, 429]


def test_a_redis_that_is_away_keeps_nobody_out(
    admin_app: MakeApp, redis_server: RedisServer
) -> None:
    app = admin_app(NET_LIMITS_URL=redis_server.url)
    add_person(app)
    client = client_at(app, "203.0.113.7")
    fail(client, 1)

    redis_server.stop()
    statuses = fail(client, SLOWED + 1)
    redis_server.start()

    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert sign_in(client_at(app, "203.0.113.8")).status_code == 303
