from __future__ import annotations

import re

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.webapp.admin.conftest import SignedInClient, signed_in
from webapp.accounts.tables import User
from webapp.audit.tables import AuditLine


def users(app: APIFlask) -> dict[str, str]:
    with app.extensions["net"].database.reading() as session:
        return {user.name: user.role for user in session.scalars(select(User))}


def number_of(app: APIFlask, name: str) -> int:
    with app.extensions["net"].database.reading() as session:
        return int(session.scalars(select(User.id).where(User.name == name)).one())


def log(app: APIFlask) -> list[tuple[str, str, str]]:
    with app.extensions["net"].database.reading() as session:
        lines = session.scalars(select(AuditLine).order_by(AuditLine.id))
        return [(line.person, line.action, line.subject) for line in lines]


def give_password(app: APIFlask, name: str) -> None:
    with app.extensions["net"].database.session() as session:
        session.scalars(select(User).where(User.name == name)).one().password_hash = "a hash"


def test_somebody_is_let_in_by_a_link_to_hand_on(
    app: APIFlask, operator_client: SignedInClient
) -> None:
    added = operator_client.post("/admin/people/add", data={"name": "An", "role": "viewer"})
    page = operator_client.get(added.location)

    link = re.search(r'value="http://localhost(/set-up/[^"]+)"', page.text)
    assert link is not None
    assert "an" in FlaskClient(app).get(link[1]).text
    assert users(app) == {"operator": "operator", "an": "viewer"}
    assert log(app) == [("operator", "user.add", "an")]


def test_somebody_is_let_in_with_a_password(app: APIFlask, operator_client: SignedInClient) -> None:
    fields = {"name": "an", "role": "operator", "way": "password", "password": "grey herons sing"}

    answer = operator_client.post("/admin/people/add", data=fields, follow_redirects=True)

    assert "an was added." in answer.text
    assert users(app)["an"] == "operator"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "operator"}, "already somebody called operator"),
        ({"name": ""}, "1 to 64 characters"),
        ({"name": "an", "role": "king"}, "A role is viewer or operator."),
        ({"name": "an", "way": "password", "password": "short"}, "at least 12 characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    app: APIFlask, operator_client: SignedInClient, fields: dict[str, str], sentence: str
) -> None:
    answer = operator_client.post("/admin/people/add", data={"role": "viewer", **fields})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'name="name" value="{fields["name"]}"' in answer.text
    assert users(app) == {"operator": "operator"}
    assert log(app) == []


def test_a_role_is_changed(
    app: APIFlask, operator_client: SignedInClient, viewer_client: SignedInClient
) -> None:
    operator_client.post(
        f"/admin/people/{number_of(app, 'viewer')}/role", data={"role": "operator"}
    )

    assert users(app)["viewer"] == "operator"
    assert viewer_client.get("/admin/people").status_code == 200
    assert log(app) == [("operator", "user.role", "viewer")]


def test_the_last_operator_stays_one(app: APIFlask, operator_client: SignedInClient) -> None:
    give_password(app, "operator")
    address = f"/admin/people/{number_of(app, 'operator')}"

    answers = [
        operator_client.post(f"{address}/role", data={"role": "viewer"}),
        operator_client.post(f"{address}/remove"),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("is the last operator" in answer.text for answer in answers)
    assert users(app) == {"operator": "operator"}


def test_who_is_removed_is_out_and_stays_in_the_log(
    app: APIFlask, operator_client: SignedInClient, viewer_client: SignedInClient
) -> None:
    operator_client.post(f"/admin/people/{number_of(app, 'viewer')}/remove")

    assert users(app) == {"operator": "operator"}
    assert viewer_client.get("/admin/account").status_code == 401
    assert log(app) == [("operator", "user.remove", "viewer")]


def test_somebody_is_signed_out_everywhere(
    app: APIFlask, operator_client: SignedInClient, viewer_client: SignedInClient
) -> None:
    operator_client.post(f"/admin/people/{number_of(app, 'viewer')}/sign-out")

    assert viewer_client.get("/admin/account").status_code == 401
    assert operator_client.get("/admin/account").status_code == 200


def test_a_link_for_a_new_password_is_shown(
    app: APIFlask, operator_client: SignedInClient, viewer_client: SignedInClient
) -> None:
    made = operator_client.post(f"/admin/people/{number_of(app, 'viewer')}/link")
    page = operator_client.get(made.location)

    assert "/set-up/" in page.text
    assert log(app) == [("operator", "user.link", "viewer")]


def test_who_is_not_there_cannot_be_changed(operator_client: SignedInClient) -> None:
    for what in ("role", "link", "sign-out", "remove"):
        answer = operator_client.post(f"/admin/people/999/{what}", data={"role": "viewer"})
        assert answer.status_code == 404


def test_a_viewer_sees_neither_people_nor_the_log_nor_the_way_there(
    viewer_client: SignedInClient,
) -> None:
    assert viewer_client.get("/admin/people").status_code == 403
    assert viewer_client.get("/admin/people/log").status_code == 403
    assert "/admin/people" not in viewer_client.get("/admin/account").text


def test_names_are_shown_as_text(app: APIFlask, operator_client: SignedInClient) -> None:
    signed_in(app, "viewer", "o+x@ví.dụ")

    assert "o+x@ví.dụ" in operator_client.get("/admin/people").text
