"""The pages to sign in, to sign out, and to choose a password by a link."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.accounts.audit import record
from webapp.accounts.errors import AccountError
from webapp.accounts.first_start import open_the_first_way_in
from webapp.accounts.links import find_link, use_link
from webapp.accounts.names import normalise_name
from webapp.accounts.passwords import SHORTEST, hash_password
from webapp.accounts.sessions import end_session, end_sessions_of
from webapp.accounts.users import (
    count_users,
    find_user,
    hash_anew,
    right_user,
)
from webapp.accounts.web import known_browser, sign_in_limits
from webapp.accounts.web.new_password import read_new_password
from webapp.accounts.web.person import sign_in, sign_out
from webapp.accounts.web.sign_in_page import HOME, next_page, sign_in_page
from webapp.services import services

bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
def show_sign_in() -> Response | str:
    """The form to sign in; who is signed in goes on."""
    if current_user.is_authenticated:
        return redirect(next_page())
    parts = services()
    with parts.database.reading() as session:
        is_first = count_users(session) == 0
    if is_first:  # the link that the start printed may have run out
        address = parts.configuration.addresses[0]
        open_the_first_way_in(parts.database, parts.configuration, address, again=False)
    return sign_in_page(is_first=is_first)


@bp.post("/sign-in")
@sign_in_limits.by_name
@sign_in_limits.by_address
@sign_in_limits.by_pair
def create_session() -> Response | tuple[str, int]:
    """Sign in with the form's ``name`` and ``password``, and go on to ``next``."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    database = services().database
    user = right_user(database, name, password)
    if user is None:
        _record_failure(name)
        return sign_in_page(AccountError("sign_in").sentence, name=name), sign_in_limits.FAILED
    hash_anew(database, user, password)
    sign_in(user, request.user_agent.string)
    record("sign_in", user.name)
    response = redirect(next_page(), 303)
    known_browser.remember(response, user.name)
    return response


@bp.post("/sign-out")
def end_present_session() -> Response:
    """Sign out here, or with ``everywhere`` in the form wherever the person is signed in."""
    if current_user.is_authenticated:
        is_everywhere = "everywhere" in request.form
        with services().database.session() as session:
            if is_everywhere:
                end_sessions_of(session, current_user.id)
            else:
                end_session(session, current_user.id, current_user.session_id)
        record("sign_out", current_user.name, everywhere=is_everywhere)
        sign_out()
    return redirect(url_for("accounts.show_sign_in"), 303)


@bp.get("/set-up/<token>")
def show_set_up(token: str) -> str:
    """The form behind a link: a password, and a name for the first operator."""
    with services().database.reading() as session:
        link = find_link(session, token)
    return set_up_page(link.user.name if link.user else "", is_first=link.user is None)


@bp.post("/set-up/<token>")
def finish_set_up(token: str) -> Response | tuple[str, int]:
    """Take the password (and the name), use the link, and sign in."""
    database = services().database
    with database.reading() as session:
        link = find_link(session, token)
    given = link.user.name if link.user else request.form.get("name", "")
    try:
        name = normalise_name(given)
        password_hash = hash_password(read_new_password(), name)
        with database.session() as session:
            user = use_link(session, token, name, password_hash)
            end_sessions_of(session, user.id)
    except AccountError as error:
        return set_up_page(given, is_first=link.user is None, error=error), 422
    sign_in(user, request.user_agent.string)
    record("user.add" if link.user is None else "password.choose", user.name, role=user.role)
    response = redirect(HOME, 303)
    known_browser.remember(response, user.name)
    return response


def _record_failure(name: str) -> None:
    # What nobody is called may well be a password typed into the wrong field.
    with services().database.reading() as session:
        user = find_user(session, name)
    record("sign_in.failed", user.name if user else "")


def set_up_page(name: str, *, is_first: bool, error: AccountError | None = None) -> str:
    """The form behind a link, with what was typed before."""
    return render_template(
        "accounts/set-up.html", name=name, is_first=is_first, error=error, shortest=SHORTEST
    )
