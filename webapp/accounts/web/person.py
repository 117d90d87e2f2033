"""Who is signed in: what Flask-Login's ``current_user`` is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from flask import session
from flask_login import LoginManager, login_user, logout_user

from webapp.accounts.access import Role
from webapp.accounts.sessions import Lifetimes, begin_session, find_session, forget_ended_sessions
from webapp.accounts.tables import User, UserSession
from webapp.accounts.users import role_of
from webapp.limiting.addresses import client_address
from webapp.services import Services, services
from webapp.storage.database import DatabaseAwayError


@dataclass(frozen=True)
class Person:
    """A user with the sign-in by which this request came, as Flask-Login wants one."""

    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    id: int
    name: str
    role: Role
    session_id: int | None
    token: str = field(repr=False)

    def get_id(self) -> str:
        """What the cookie holds: the token of the sign-in, and nothing about the user."""
        return self.token


def make_login_manager() -> LoginManager:
    """Flask-Login, asking the database who has a token."""
    manager = LoginManager()
    manager.session_protection = None  # it ties a session to an address, and phones change theirs
    manager.user_loader(_find_person)
    return manager


def sign_in(user: User, browser: str) -> None:
    """Begin a session for a user whose password was right, and a new cookie with it."""
    lifetimes = Lifetimes.of(services().configuration)
    with services().database.session() as database:
        forget_ended_sessions(database, lifetimes)
        token = begin_session(database, user, client_address(), browser)
    session.clear()  # whatever was in the browser before may have been put there by another
    login_user(Person(user.id, user.name, role_of(user.role), None, token))


def sign_out() -> None:
    """Forget who is signed in; ending the row in the database is the caller's part."""
    logout_user()
    session.clear()


def is_signed_in(parts: Services, token: str) -> bool:
    """Say whether a sign-in still holds, for an answer that goes on for longer than a moment.

    Args:
        parts: of the app.
        token: of the sign-in, as ``current_user.token``.
    """
    try:
        return _find_session(parts, token) is not None
    except DatabaseAwayError:  # nobody knows, and the next request is refused
        return False


def _find_session(parts: Services, token: str) -> UserSession | None:
    return find_session(parts.database, token, Lifetimes.of(parts.configuration))


def _find_person(token: str) -> Person | None:
    found = _find_session(services(), token)
    if found is None:
        return None
    user = found.user
    return Person(user.id, user.name, role_of(user.role), found.id, token)
