"""The cookie of a session: signed, for the time a browser is open, and only where it has a use.

Who draws gets none, and no answer of the public API depends on it.
"""

from __future__ import annotations

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from webapp.accounts.secret_key import SecretKey
from webapp.accounts.web.places import knows_sessions

NAME = "net_session"
# A browser takes a cookie with this name only over HTTPS and from this very host, so nobody in
# the same network or at a neighbouring host can give a person one of theirs.
HTTPS_NAME = "__Host-net_session"


class AccountCookie(SecureCookieSessionInterface):
    """Flask's signed cookie, where it is wanted."""

    def __init__(self, key: SecretKey) -> None:
        """Sign with this key."""
        self._key = key

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie; elsewhere, a session that is forgotten with the request."""
        if not knows_sessions(request.path):
            return SecureCookieSession()
        app.secret_key = self._key.read()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie if something in it has changed."""
        if knows_sessions(request.path):
            super().save_session(app, session, response)

    def get_cookie_name(self, app: Flask) -> str:
        """Give the cookie another name over HTTPS."""
        return HTTPS_NAME if request.is_secure else NAME

    def get_cookie_secure(self, app: Flask) -> bool:
        """Send the cookie over HTTPS alone where the request came so."""
        return request.is_secure

    def get_cookie_path(self, app: Flask) -> str:
        """Send the cookie to the whole host, as its name over HTTPS demands."""
        return "/"

    def get_cookie_samesite(self, app: Flask) -> str:
        """Send the cookie with a link from elsewhere, and not with a form from elsewhere."""
        return "Lax"
