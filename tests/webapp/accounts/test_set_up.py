from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.webapp.accounts.conftest import PASSWORD
from tests.webapp.accounts.entrance import add_person, parts_of, send_form, sign_in
from tests.webapp.admin.conftest import MakeApp
from tests.webapp.storage.conftest import database as any_database
from tests.webapp.storage.conftest import database_url, open_database
from webapp.accounts.errors import AccountError
from webapp.accounts.first_start import open_the_first_way_in
from webapp.accounts.links import LinkError, make_link, use_link
from webapp.accounts.tables import User, UserLink
from webapp.accounts.users import find_user, list_users
from webapp.configuration import Configuration
from webapp.storage.database import Database
from webapp.storage.tables import now

__all__ = ["any_database", "database_url", "open_database"]

CHOSEN = {"password": PASSWORD, "repeat": PASSWORD}


def first_link(app: APIFlask) -> str:
    with parts_of(app).database.session() as session:
        return f"/set-up/{make_link(session)}"


def link_for(app: APIFlask, name: str) -> str:
    with parts_of(app).database.session() as session:
        return f"/set-up/{make_link(session, find_user(session, name))}"


def users(app: APIFlask) -> list[tuple[str, str]]:
    with parts_of(app).database.reading() as session:
        return [(user.name, user.role) for user in list_users(session)]


def test_the_first_link_makes_an_operator_who_is_signed_in(
    app: APIFlask, anonymous_client: FlaskClient
) -> None:
    link = first_link(app)

    answer = send_form(anonymous_client, link, name="Bình", **CHOSEN)

    assert answer.location == "/admin"
    assert users(app) == [("bình", "operator")]
    assert anonymous_client.get("/admin/people").status_code == 200
    assert anonymous_client.get_cookie("net_browser", path="/sign-in")  # known from now on


def test_a_link_works_once(app: APIFlask, anonymous_client: FlaskClient) -> None:
    link = first_link(app)
    send_form(anonymous_client, link, name="an", **CHOSEN)

    answer = FlaskClient(app).get(link)

    assert answer.status_code == 404
    assert "has been used or has expired" in answer.text


def test_no_first_link_works_once_there_is_somebody(
    app: APIFlask, anonymous_client: FlaskClient
) -> None:
    link = first_link(app)
    add_person(app)

    assert anonymous_client.get(link).status_code == 404


def test_a_link_expires(app: APIFlask, anonymous_client: FlaskClient) -> None:
    link = first_link(app)
    with parts_of(app).database.session() as session:
        session.scalars(select(UserLink)).one().expires_at = now() - timedelta(seconds=1)

    assert anonymous_client.get(link).status_code == 404


def test_a_made_up_link_does_not_work(app: APIFlask, anonymous_client: FlaskClient) -> None:
    first_link(app)

    assert anonymous_client.get("/set-up/x").status_code == 404


def test_no_link_is_stored_that_could_be_used(app: APIFlask) -> None:
    token = first_link(app).rpartition("/")[2]

    with parts_of(app).database.reading() as session:
        stored = session.scalars(select(UserLink.token_hash)).one()

    assert token not in stored


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "too short", "repeat": "too short"}, "at least 12 characters"),
        ({"password": "x" * 1025, "repeat": "x" * 1025}, "at most 1024 characters"),
        ({"repeat": "another one, long"}, "The two passwords are not the same."),
        ({"name": "  "}, "1 to 64 characters"),
        ({"name": "a b"}, "letters, digits and"),
        ({"name": "<b>"}, "letters, digits and"),
        ({"name": "a.rather.long.name", "password": "A.rather.long.name",
          "repeat": "A.rather.long.name"}, "must not be the name"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_the_link_stays(
    app: APIFlask, anonymous_client: FlaskClient, fields: dict[str, str], sentence: str
) -> None:
    link = first_link(app)

    answer = send_form(anonymous_client, link, **{"name": "an", **CHOSEN, **fields})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert users(app) == []
    assert send_form(anonymous_client, link, name="an", **CHOSEN).status_code == 303


def test_a_link_for_somebody_lets_them_choose_a_password_and_nothing_else(
    app: APIFlask, anonymous_client: FlaskClient
) -> None:
    add_person(app, "an", "viewer")
    old = FlaskClient(app)
    sign_in(old)
    link = link_for(app, "an")

    send_form(
        anonymous_client,
        link,
        name="somebody-else",
        password="grey herons rarely sing",
        repeat="grey herons rarely sing",
    )

    assert users(app) == [("an", "viewer")]
    assert old.get("/admin/account").status_code == 401
    assert sign_in(FlaskClient(app), password="grey herons rarely sing").status_code == 303


def test_a_newer_link_takes_the_place_of_an_older_one(
    app: APIFlask, anonymous_client: FlaskClient
) -> None:
    add_person(app)
    older, newer = link_for(app, "an"), link_for(app, "an")

    assert anonymous_client.get(older).status_code == 404
    assert anonymous_client.get(newer).status_code == 200


def test_of_many_who_come_first_one_does(any_database: Database) -> None:
    with any_database.session() as session:
        tokens = [make_link(session) for _ in range(6)]

    def come(number: int) -> bool:
        try:
            with any_database.session() as session:
                use_link(session, tokens[number], f"n{number}", "a hash")
        except (LinkError, AccountError):
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        came = list(threads.map(come, range(6)))

    assert sum(came) == 1
    with any_database.reading() as session:
        assert len(list(session.scalars(select(User)))) == 1


def test_the_password_of_the_settings_makes_the_first_operator(
    app: APIFlask, anonymous_client: FlaskClient
) -> None:
    configuration = Configuration(admin_password=PASSWORD)

    for _ in range(2):
        open_the_first_way_in(parts_of(app).database, configuration, "http://x")

    assert users(app) == [("operator", "operator")]
    assert sign_in(anonymous_client, "operator").status_code == 303


def test_the_password_of_the_settings_changes_nobody_s_later(app: APIFlask) -> None:
    add_person(app)

    open_the_first_way_in(
        parts_of(app).database, Configuration(admin_password="grey herons rarely sing"), ""
    )

    assert users(app) == [("an", "operator")]


def test_the_page_to_sign_in_says_what_to_do_when_there_is_nobody(
    app: APIFlask, anonymous_client: FlaskClient
) -> None:
    page = anonymous_client.get("/sign-in").text

    assert "Nobody can sign in yet" in page
    add_person(app)
    assert "Nobody can sign in yet" not in anonymous_client.get("/sign-in").text


def test_a_link_that_has_run_out_is_printed_anew_when_somebody_wants_to_sign_in(
    admin_app: MakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    app = admin_app()
    anonymous_client = FlaskClient(app)
    for _ in range(2):
        anonymous_client.get("/sign-in")

    assert capsys.readouterr().err.count("/set-up/") == 1


@pytest.mark.parametrize(
    ("bind", "link"),
    [
        ("unix:/run/net.sock,127.0.0.1:80", "/set-up/"),
        ("0.0.0.0:80,[::]:80", "http://localhost:80/set-up/"),
        ("[::1]:80", "http://[::1]:80/set-up/"),
        ("", "http://127.0.0.1:8000/set-up/"),
    ],
)
def test_the_first_link_is_one_that_can_be_opened_here(
    admin_app: MakeApp, capsys: pytest.CaptureFixture[str], bind: str, link: str
) -> None:
    FlaskClient(admin_app(NET_BIND=bind)).get("/sign-in")

    assert f'"link": "{link}' in capsys.readouterr().err


def test_the_log_of_requests_does_not_give_a_link_away(
    admin_app: MakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    app = admin_app()
    anonymous_client = FlaskClient(app)
    link = first_link(app)

    anonymous_client.get(link)
    anonymous_client.get("/", environ_overrides={"PATH_INFO": f"//{link}"})

    log = capsys.readouterr().err
    assert '"/set-up/' in log
    assert link.rpartition("/")[2] not in log
