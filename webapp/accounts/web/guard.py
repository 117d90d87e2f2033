"""Nothing under /admin answers anything without a session, and nothing changes by forgery.

One function before every request, which looks at the path and at the rule it matched: no view
and no router has a say before it.
"""

from __future__ import annotations

from flask import Flask, Request, Response, abort, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from webapp.accounts.secret_key import SecretKey
from webapp.accounts.web.cookie import AccountCookie
from webapp.accounts.web.person import make_login_manager
from webapp.accounts.web.places import ADMIN, is_under_admin, knows_sessions
from webapp.request_log import note
from webapp.services import Services

_SETTINGS = {
    "WTF_CSRF_CHECK_DEFAULT": False,  # the public API is called by anybody, from anywhere
    "WTF_CSRF_TIME_LIMIT": None,  # a page may stay open as long as its session lives
    # Privacy browsers send no referrer; the cookie's name keeps neighbours out instead.
    "WTF_CSRF_SSL_STRICT": False,
}

_csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Guard /admin of an app, and the forms around signing in."""
    parts: Services = app.extensions["net"]
    app.session_interface = AccountCookie(SecretKey(parts.configuration))
    app.config.from_mapping(_SETTINGS)
    # The proxy itself: a page of the public part must not look anybody up.
    make_login_manager().init_app(app, add_context_processor=False)
    app.jinja_env.globals["current_user"] = current_user
    _csrf.init_app(app)
    # Neither extension's hook has anything to do: nobody is remembered beyond the session, and
    # forms are checked below.
    app.after_request_funcs[None].pop()
    app.before_request_funcs[None].pop()


def check(request: Request) -> AnyResponse | None:
    """Let a request pass, or answer it in the view's place."""
    rule = request.url_rule.rule if request.url_rule else ""
    is_admin_view = rule.startswith(ADMIN)
    if not (knows_sessions(request.path) or is_admin_view):
        return None
    if is_under_admin(request.path) or is_admin_view:
        if not current_user.is_authenticated:
            return _send_to_sign_in()
        note(person=current_user.name)
    _csrf.protect()
    return None


def keep_nothing(request: Request, response: Response) -> None:
    """Keep what may depend on who is signed in out of every cache."""
    # A file that never changes says so itself; Flask's own files would be asked for again.
    kept = response.headers.get("Cache-Control", "")
    if knows_sessions(request.path) and "immutable" not in kept:
        response.headers["Cache-Control"] = "no-store"


def _send_to_sign_in() -> AnyResponse:
    """Tell programs and lead people to sign in, also where there is no such page."""
    is_page = request.method in ("GET", "HEAD") and "text/html" in request.accept_mimetypes.values()
    if not is_page:
        abort(401)
    target = request.full_path.rstrip("?")
    return redirect(url_for("accounts.show_sign_in", next=target))
