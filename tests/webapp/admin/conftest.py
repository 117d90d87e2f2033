"""An app with a database of its own, and clients of people who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from tests.webapp.admin.trainer_here import trainer_here
from tests.webapp.conftest import EmptyRegistry, FakeRecognizer
from webapp import create_app
from webapp.accounts.access import Role
from webapp.accounts.sessions import begin_session
from webapp.accounts.users import add_user, find_user
from webapp.services import Services

MakeApp = Callable[..., APIFlask]


class SignedInClient(FlaskClient):
    """A browser of somebody who is signed in: its forms are trusted.

    ``client.post(path, data={...})`` sends the form's token along; ``client.csrf`` is that token.
    """

    @property
    def csrf(self) -> str:
        with (
            self.application.test_request_context("/sign-in"),
            self.session_transaction("/sign-in") as kept,
        ):
            session.update(kept)
            token = generate_csrf()
            kept.update(session)
        return str(token)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if kwargs.get("method", "GET") not in ("GET", "HEAD", "OPTIONS"):
            kwargs["headers"] = {"X-CSRFToken": self.csrf, **(kwargs.get("headers") or {})}
        return super().open(*args, **kwargs)


@pytest.fixture
def admin_app(tmp_path: Path) -> Iterator[MakeApp]:
    """Makes apps: ``admin_app(models_folder=None, NET_SESSION_HOURS=2)``.

    Without a models folder it has no run and a recogniser that always answers alike.
    """
    apps: list[APIFlask] = []

    def make(models_folder: Path | None = None, **settings: Any) -> APIFlask:
        # No data sets unless a test has some: counting the real ones takes the trainer seconds.
        ours = {"NET_INSTANCE_DIR": tmp_path / "instance", "NET_DATA_DIR": tmp_path}
        config = {"TESTING": True, **ours, **settings}
        if models_folder is None:
            models = tmp_path / "models"
            models.mkdir(exist_ok=True)
            app = create_app(
                {"NET_MODELS_DIR": models, **config},
                registry=EmptyRegistry(),
                recognizer=FakeRecognizer(),
            )
        else:
            app = create_app({"NET_MODELS_DIR": models_folder, **config})
        app.test_client_class = SignedInClient
        apps.append(app)
        return app

    yield make
    for app in apps:
        parts: Services = app.extensions["net"]
        if hasattr(parts.registry, "stop_watching"):
            parts.registry.stop_watching()
        parts.database.close()


@pytest.fixture
def trainer_is_here() -> Iterator[None]:
    """Pages ask the trainer in this process; some test of each kind asks as the server does."""
    with trainer_here():
        yield


def signed_in(app: APIFlask, role: Role, name: str = "") -> SignedInClient:
    """A client of a person with that role (and name), who is made if need be."""
    name = name or role
    with app.extensions["net"].database.session() as database:
        user = find_user(database, name) or add_user(database, name, role)
        token = begin_session(database, user, "127.0.0.1", "a test")
    client = app.test_client()
    with client.session_transaction("/sign-in") as kept:
        kept["_user_id"] = token
    return client  # type: ignore[return-value]  # Flask does not know the class it was given


@pytest.fixture
def app(admin_app: MakeApp) -> APIFlask:
    """An app without a model."""
    return admin_app()


@pytest.fixture
def operator_client(app: APIFlask) -> SignedInClient:
    """A client of an operator called "operator", of the fixture ``app``."""
    return signed_in(app, "operator")


@pytest.fixture
def viewer_client(app: APIFlask) -> SignedInClient:
    """A client of a viewer called "viewer", of the fixture ``app``."""
    return signed_in(app, "viewer")


@pytest.fixture
def anonymous_client(app: APIFlask) -> FlaskClient:
    """A client of nobody in particular, of the fixture ``app``."""
    return FlaskClient(app)
