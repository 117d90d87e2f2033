"""What a person does at the entrance: forms that are read and sent as a browser would."""

from __future__ import annotations

import re

from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webapp.accounts.conftest import PASSWORD
from webapp.accounts.access import Role
from webapp.accounts.passwords import hash_password
from webapp.accounts.users import add_user
from webapp.services import Services


def parts_of(app: APIFlask) -> Services:
    parts: Services = app.extensions["net"]
    return parts


def add_person(app: APIFlask, name: str = "an", role: Role = "operator") -> None:
    with parts_of(app).database.session() as session:
        add_user(session, name, role, hash_password(PASSWORD, name))


def send_form(client: FlaskClient, path: str, page: str = "", **fields: str) -> TestResponse:
    """Load a page (that of the form's address), and send its form with the token in it."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page or path).text)
    assert found, "there is no form"
    return client.post(path, data={"csrf_token": found[1], **fields})


def sign_in(
    client: FlaskClient, name: str = "an", password: str = PASSWORD, **fields: str
) -> TestResponse:
    return send_form(client, "/sign-in", name=name, password=password, **fields)


def session_cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie("net_session")
    return cookie.value if cookie else ""
