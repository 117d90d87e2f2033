from __future__ import annotations

import pytest
from apiflask import APIFlask
from click.testing import Result
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.webapp.accounts.conftest import PASSWORD
from tests.webapp.accounts.entrance import parts_of, sign_in
from webapp.audit.tables import AuditLine


def users(app: APIFlask, *arguments: str, typed: str = "") -> Result:
    return app.test_cli_runner().invoke(args=["users", *arguments], input=typed)


def add(app: APIFlask, name: str = "an", role: str = "operator") -> Result:
    return users(app, "add", name, "--role", role, "--password-stdin", typed=f"{PASSWORD}\n")


def test_somebody_who_is_added_can_sign_in(app: APIFlask, anonymous_client: FlaskClient) -> None:
    answer = add(app, "An")

    assert answer.output == "Added an, operator.\n"
    assert sign_in(anonymous_client).status_code == 303


def test_a_password_is_asked_for_twice_and_not_shown(app: APIFlask) -> None:
    answer = users(app, "add", "an", typed=f"{PASSWORD}\n{PASSWORD}\n")

    assert answer.exit_code == 0
    assert PASSWORD not in answer.output
    assert users(app, "list").output.split() == ["an", "viewer"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "an", "--password-stdin"), "already somebody called an"),
        (("add", "a b", "--password-stdin"), "letters, digits and"),
        (("password", "binh", "--password-stdin"), "nobody called binh"),
        (("remove", "binh"), "nobody called binh"),
        (("remove", "an"), "the last operator"),
        (("role", "an", "viewer"), "the last operator"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    app: APIFlask, arguments: tuple[str, ...], sentence: str
) -> None:
    add(app)

    answer = users(app, *arguments, typed=f"{PASSWORD}\n")

    assert answer.exit_code == 1
    assert sentence in answer.output
    assert "Traceback" not in answer.output


def test_a_short_password_is_refused(app: APIFlask) -> None:
    answer = users(app, "add", "an", "--password-stdin", typed="short\n")

    assert answer.exit_code == 1
    assert "at least 12 characters" in answer.output


def test_a_new_password_ends_the_sessions_there_are(
    app: APIFlask, anonymous_client: FlaskClient
) -> None:
    add(app)
    sign_in(anonymous_client)

    users(app, "password", "an", "--password-stdin", typed="another long one\n")

    assert anonymous_client.get("/admin/account").status_code == 401
    assert sign_in(FlaskClient(app), password="another long one").status_code == 303


def test_roles_are_changed_and_people_removed(app: APIFlask) -> None:
    add(app)
    add(app, "binh", "viewer")

    users(app, "role", "binh", "operator")
    users(app, "remove", "an")

    assert users(app, "list").output.split() == ["binh", "operator"]


def test_the_log_knows_that_it_was_the_command_line(app: APIFlask) -> None:
    add(app)

    with parts_of(app).database.reading() as session:
        line = session.scalars(select(AuditLine)).one()
    assert (line.person, line.action, line.subject) == ("(command line)", "user.add", "an")
    assert line.details == {"role": "operator"}
    assert PASSWORD not in str(line.details)
