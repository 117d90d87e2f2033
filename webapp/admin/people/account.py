"""A person's own page: the sessions they have, a new password, and the way out everywhere."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.accounts.audit import record
from webapp.accounts.errors import AccountError
from webapp.accounts.passwords import SHORTEST, hash_password
from webapp.accounts.sessions import Lifetimes, end_session, end_sessions_of, sessions_of
from webapp.accounts.users import require_user, right_user
from webapp.accounts.web import sign_in_limits
from webapp.accounts.web.new_password import read_new_password
from webapp.accounts.web.person import sign_in
from webapp.services import services

bp = Blueprint("admin_account", __name__, url_prefix="/admin/account")


@bp.get("")
def show_account() -> str:
    """Show who is signed in, from where else, and the form for a new password."""
    return _page(None)


@bp.post("/password")
@sign_in_limits.by_person
def change_password() -> Response | tuple[str, int]:
    """Take a new password, end every other session and begin this one anew."""
    database = services().database
    try:
        user = right_user(database, current_user.name, request.form.get("present", ""))
        if user is None:
            return _page(AccountError("password_wrong")), sign_in_limits.FAILED
        password_hash = hash_password(read_new_password(), current_user.name)
    except AccountError as error:
        return _page(error), 422
    with database.session() as session:
        user = require_user(session, current_user.name)
        user.password_hash = password_hash
        end_sessions_of(session, user.id)
    sign_in(user, request.user_agent.string)
    record("password.change", user.name)
    flash(gettext("Your password was changed. You are signed out everywhere else."))
    return redirect(url_for("admin_account.show_account"), 303)


@bp.post("/sessions/<id:session_id>/end")
def end_other_session(session_id: int) -> Response:
    """End one of the person's own sessions."""
    with services().database.session() as session:
        end_session(session, current_user.id, session_id)
    record("session.end", current_user.name)
    flash(gettext("That session was ended."))
    return redirect(url_for("admin_account.show_account"), 303)


def _page(error: AccountError | None) -> str:
    parts = services()
    with parts.database.reading() as session:
        sessions = sessions_of(session, current_user.id, Lifetimes.of(parts.configuration))
    return render_template(
        "admin/people/account.html", sessions=sessions, error=error, shortest=SHORTEST
    )
