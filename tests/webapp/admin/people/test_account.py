from __future__ import annotations

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from tests.webapp.admin.conftest import SignedInClient, signed_in
from webapp.accounts.passwords import hash_password
from webapp.accounts.tables import User, UserSession
from webapp.audit.tables import AuditLine

OLD, NEW = "correct horse battery", "another horse battery"


@pytest.fixture
def client(app: APIFlask) -> SignedInClient:
    """Of a viewer whose password is ``OLD``."""
    client = signed_in(app, "viewer")
    with app.extensions["net"].database.session() as session:
        session.scalars(select(User)).one().password_hash = hash_password(OLD, "viewer")
    return client


def is_in(client: SignedInClient) -> bool:
    return client.get("/admin/account").status_code == 200


def test_a_new_password_ends_other_sessions_and_goes_on_in_a_new_one(
    app: APIFlask, client: SignedInClient
) -> None:
    other = signed_in(app, "viewer")
    kept = client.get_cookie("net_session")

    answer = client.post(
        "/admin/account/password", data={"present": OLD, "password": NEW, "repeat": NEW}
    )

    assert answer.status_code == 303
    assert is_in(client)
    assert not is_in(other)
    assert kept is not None
    other.set_cookie("net_session", kept.value)
    assert not is_in(other)


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"present": "wrong"}, 401, "The present password is not right."),
        ({"repeat": "something else"}, 422, "The two passwords are not the same."),
        ({"password": "short", "repeat": "short"}, 422, "at least 12 characters"),
    ],
)
def test_a_password_that_cannot_be_changed_stays(
    app: APIFlask, client: SignedInClient, fields: dict[str, str], status: int, sentence: str
) -> None:
    other = signed_in(app, "viewer")

    answer = client.post(
        "/admin/account/password", data={"present": OLD, "password": NEW, "repeat": NEW, **fields}
    )

    assert answer.status_code == status
    assert sentence in answer.text
    assert is_in(other)


def test_one_other_session_is_ended(app: APIFlask, client: SignedInClient) -> None:
    others = [signed_in(app, "viewer") for _ in range(2)]
    with app.extensions["net"].database.reading() as session:
        numbers = list(session.scalars(select(UserSession.id).order_by(UserSession.id)))

    client.post(f"/admin/account/sessions/{numbers[1]}/end")

    assert [is_in(one) for one in (client, *others)] == [True, False, True]


def test_nobody_ends_somebody_else_s_session(app: APIFlask, client: SignedInClient) -> None:
    operator = signed_in(app, "operator")
    with app.extensions["net"].database.reading() as session:
        (number,) = session.scalars(
            select(UserSession.id).join(User).where(User.name == "operator")
        )

    client.post(f"/admin/account/sessions/{number}/end")

    assert is_in(operator)


def test_the_page_lists_the_person_s_own_sessions_alone(
    app: APIFlask, client: SignedInClient
) -> None:
    signed_in(app, "operator")
    signed_in(app, "viewer")

    page = client.get("/admin/account").text

    assert page.count("127.0.0.1") == 2
    assert "this one" in page


def test_what_happened_stands_in_the_log(app: APIFlask, client: SignedInClient) -> None:
    client.post("/admin/account/password", data={"present": OLD, "password": NEW, "repeat": NEW})

    with app.extensions["net"].database.reading() as session:
        lines = [(line.person, line.action) for line in session.scalars(select(AuditLine))]
    assert lines == [("viewer", "password.change")]
