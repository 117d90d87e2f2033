from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.webapp.accounts.conftest import PASSWORD
from tests.webapp.accounts.entrance import (
    add_person,
    parts_of,
    send_form,
    session_cookie,
    sign_in,
)
from tests.webapp.admin.conftest import MakeApp
from webapp.accounts import passwords
from webapp.accounts.tables import User, UserSession
from webapp.audit.tables import AuditLine
from webapp.jobs.tables import Job
from webapp.storage import engine
from webapp.storage.tables import now

PAGE = {"Accept": "text/html"}


@pytest.fixture
def client(app: APIFlask, anonymous_client: FlaskClient) -> FlaskClient:
    """A browser that nobody is signed in with, of an app that "an" may sign in to."""
    add_person(app)
    return anonymous_client


def let_pass(app: APIFlask, *, since_start: timedelta, since_seen: timedelta) -> None:
    """Make every session look older than it is."""
    with parts_of(app).database.session() as session:
        for row in session.scalars(select(UserSession)):
            row.created_at = now() - since_start
            row.last_seen_at = now() - since_seen


def actions(app: APIFlask) -> list[tuple[str, str, str]]:
    with parts_of(app).database.reading() as session:
        return [
            (line.person, line.action, line.subject) for line in session.scalars(select(AuditLine))
        ]


def is_in(client: FlaskClient) -> bool:
    return client.get("/admin/account", headers=PAGE).status_code == 200


def test_the_right_password_leads_to_where_one_wanted_to_go(client: FlaskClient) -> None:
    asked = client.get("/admin/account?x=1", headers=PAGE)

    answer = send_form(client, "/sign-in", asked.location, name="an", password=PASSWORD,
                       next="/admin/account?x=1")  # fmt: skip

    assert (answer.status_code, answer.location) == (303, "/admin/account?x=1")
    assert is_in(client)


@pytest.mark.parametrize("name", ["an", "AN", " An ", "\uff41n"])
def test_the_same_name_may_be_written_in_several_ways(client: FlaskClient, name: str) -> None:
    assert sign_in(client, name).status_code == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("an", "wrong"),
        ("an", ""),
        ("binh", PASSWORD),
        ("", ""),
        ("an\0", PASSWORD),
        ("x" * 99, "y"),
    ],
)
def test_what_is_wrong_is_not_told_apart(client: FlaskClient, name: str, password: str) -> None:
    answer = sign_in(client, name, password)

    assert answer.status_code == 401
    assert "The name or the password is not right." in answer.text
    assert not is_in(client)


def test_a_referrer_that_is_no_address_is_none(client: FlaskClient) -> None:
    client.environ_base["HTTP_REFERER"] = "http://[/sign-in"

    assert sign_in(client, password="wrong").status_code == 401


def test_one_letter_typed_in_two_ways_is_one_password(app: APIFlask, client: FlaskClient) -> None:
    composed, decomposed = (
        "ti\u1ebfng Vi\u1ec7t l\u00e0 hay",
        "tie\u0302\u0301ng Vie\u0323\u0302t la\u0300 hay",
    )
    with parts_of(app).database.session() as session:
        user = session.scalars(select(User)).one()
        user.password_hash = passwords.hash_password(composed, "an")

    assert sign_in(client, password=decomposed).status_code == 303


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:x",
        "x",
    ],
)
def test_nobody_is_led_to_another_site(client: FlaskClient, target: str) -> None:
    answer = sign_in(client, next=target)

    assert answer.location == "/admin"


def test_who_is_signed_in_already_goes_on(client: FlaskClient) -> None:
    sign_in(client)

    answer = client.get("/sign-in?next=/admin/account")

    assert answer.location == "/admin/account"


def test_a_sign_in_begins_a_new_session_whatever_was_in_the_browser(client: FlaskClient) -> None:
    client.get("/sign-in")
    planted = session_cookie(client)

    sign_in(client)
    given = session_cookie(client)
    client.set_cookie("net_session", planted)

    assert given != planted
    assert not is_in(client)


def test_a_second_sign_in_ends_what_the_forms_of_the_first_were_trusted_for(
    app: APIFlask, client: FlaskClient
) -> None:
    client.get("/sign-in")
    with client.session_transaction("/sign-in") as before:
        old = before["csrf_token"]

    sign_in(client)

    with client.session_transaction("/sign-in") as after:
        assert after.get("csrf_token") != old


def test_signing_out_ends_the_session_and_not_only_the_cookie(client: FlaskClient) -> None:
    sign_in(client)
    kept = session_cookie(client)

    answer = send_form(client, "/sign-out", "/admin/account")
    client.set_cookie("net_session", kept)

    assert answer.location == "/sign-in"
    assert not is_in(client)


def test_signing_out_everywhere_reaches_other_browsers(app: APIFlask, client: FlaskClient) -> None:
    other = FlaskClient(app)
    sign_in(client)
    sign_in(other)

    send_form(client, "/sign-out", "/admin/account", everywhere="yes")

    assert not is_in(other)


def test_signing_out_here_leaves_other_browsers_in(app: APIFlask, client: FlaskClient) -> None:
    other = FlaskClient(app)
    sign_in(client)
    sign_in(other)

    send_form(client, "/sign-out", "/admin/account")

    assert is_in(other)


def test_who_is_idle_for_too_long_is_signed_out(app: APIFlask, client: FlaskClient) -> None:
    sign_in(client)
    let_pass(app, since_start=timedelta(minutes=121), since_seen=timedelta(minutes=121))

    assert not is_in(client)


def test_who_asks_now_and_then_stays_signed_in(app: APIFlask, client: FlaskClient) -> None:
    sign_in(client)
    let_pass(app, since_start=timedelta(minutes=119), since_seen=timedelta(minutes=119))
    assert is_in(client)
    with parts_of(app).database.reading() as session:
        (seen,) = session.scalars(select(UserSession.last_seen_at))

    assert now() - seen < timedelta(minutes=1)


def test_pages_are_shown_while_the_database_takes_nothing(
    admin_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
    app = admin_app()
    add_person(app)
    client = FlaskClient(app)
    sign_in(client)
    with parts_of(app).database.session() as session:  # whose worker is none
        session.add(Job(kind="report", queue="short", arguments={}, state="running",
                        submitted_by="an", submitted_at=now()))  # fmt: skip
    let_pass(app, since_start=timedelta(minutes=2), since_seen=timedelta(minutes=2))

    with closing(sqlite3.connect(tmp_path / "instance" / "net.sqlite3")) as another:
        another.execute("BEGIN IMMEDIATE")
        statuses = [client.get(f"/admin/{page}").status_code for page in ("account", "training")]

    assert statuses == [200, 200]


def test_no_session_lasts_longer_than_a_day(app: APIFlask, client: FlaskClient) -> None:
    sign_in(client)
    let_pass(app, since_start=timedelta(hours=24, seconds=1), since_seen=timedelta(0))

    assert not is_in(client)


def test_how_long_sessions_last_can_be_set(admin_app: MakeApp) -> None:
    app = admin_app(NET_SESSION_IDLE_MINUTES=5, NET_SESSION_HOURS=48)
    add_person(app)
    client = FlaskClient(app)

    sign_in(client)
    let_pass(app, since_start=timedelta(hours=47), since_seen=timedelta(minutes=4))
    assert is_in(client)
    let_pass(app, since_start=timedelta(hours=47), since_seen=timedelta(minutes=6))

    assert not is_in(client)


def test_the_cookie_can_be_read_by_no_script_and_sent_by_no_other_site(client: FlaskClient) -> None:
    answer = sign_in(client)

    cookies = {one.partition("=")[0]: one for one in answer.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"net_session", "net_browser"}
    for cookie in cookies.values():
        assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Secure" not in cookie
        assert "Domain" not in cookie
    assert "Path=/" in cookies["net_session"].split("; ")
    assert "Path=/sign-in" in cookies["net_browser"].split("; ")


def test_over_https_the_cookie_stays_there(client: FlaskClient) -> None:
    answer = client.get("/sign-in", base_url="https://localhost")

    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-net_session=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))


def test_the_cookie_and_the_database_hold_no_secret_of_each_other(
    app: APIFlask, client: FlaskClient
) -> None:
    sign_in(client)

    with client.session_transaction("/sign-in") as kept:
        token = kept["_user_id"]
    with parts_of(app).database.reading() as session:
        row = session.scalars(select(UserSession)).one()
        hashed = session.scalars(select(User.password_hash)).one()

    assert len(token) >= 43
    assert token not in row.token_hash
    assert hashed is not None
    assert hashed.startswith("$argon2id$")


def test_a_hash_made_with_other_parameters_is_made_anew(
    app: APIFlask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    dearer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", dearer)

    sign_in(client)

    with parts_of(app).database.reading() as session:
        hashed = session.scalars(select(User.password_hash)).one()
    assert hashed is not None
    assert not dearer.check_needs_rehash(hashed)
    assert sign_in(FlaskClient(app)).status_code == 303


def test_what_happens_at_the_entrance_stands_in_the_log(app: APIFlask, client: FlaskClient) -> None:
    sign_in(client, password="wrong")
    sign_in(client, name="my secret password by mistake")
    sign_in(client)
    send_form(client, "/sign-out", "/admin/account")

    assert actions(app) == [
        ("", "sign_in.failed", "an"),
        ("", "sign_in.failed", ""),
        ("an", "sign_in", "an"),
        ("an", "sign_out", "an"),
    ]


def test_a_form_without_its_token_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"name": "an", "password": PASSWORD})

    assert answer.status_code == 400
    assert "load the page again" in answer.text


def test_who_is_removed_is_out_at_once(app: APIFlask, client: FlaskClient) -> None:
    sign_in(client)

    with parts_of(app).database.session() as session:
        session.delete(session.scalars(select(User)).one())

    assert not is_in(client)


def test_a_person_s_role_counts_from_the_next_request_on(
    app: APIFlask, client: FlaskClient
) -> None:
    sign_in(client)
    assert client.get("/admin/people").status_code == 200

    with parts_of(app).database.session() as session:
        session.scalars(select(User)).one().role = "viewer"

    assert client.get("/admin/people").status_code == 403
