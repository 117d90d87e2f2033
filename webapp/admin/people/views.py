"""The page on which operators add, change and remove users."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.accounts.access import operator_only
from webapp.accounts.audit import record
from webapp.accounts.errors import AccountError
from webapp.accounts.links import HOURS, find_link, make_link
from webapp.accounts.names import normalise_name
from webapp.accounts.passwords import SHORTEST, hash_password
from webapp.accounts.sessions import end_sessions_of
from webapp.accounts.tables import User
from webapp.accounts.users import (
    add_user,
    change_role,
    list_users,
    remove_user,
    role_of,
)
from webapp.services import services

bp = Blueprint("admin_people", __name__, url_prefix="/admin/people")

_LINKS = "links"  # in the cookie: a user's number and the token of the link just made

Answer = Response | str | tuple[str, int]


@bp.get("")
@operator_only
def show_people() -> str:
    """List the users, each with what an operator can do, and the form to add one."""
    browser.pop(_LINKS, None)  # whoever is here has left the page with the link
    return _page()


@bp.post("/add")
@operator_only
def add_person() -> Answer:
    """Add a user with the form's ``name`` and ``role``, and a ``password`` or a link for one."""
    form = request.form
    try:
        name, role = normalise_name(form.get("name", "")), role_of(form.get("role", ""))
        has_password = form.get("way") == "password"
        password_hash = hash_password(form.get("password", ""), name) if has_password else None
        with services().database.session() as session:
            user = add_user(session, name, role, password_hash)
            token = None if password_hash else make_link(session, user)
    except AccountError as error:
        return _page(error), 422
    record("user.add", name, role=role)
    if token:
        return _show_link(user.id, token)
    return _back(gettext("%(name)s was added.", name=name))


@bp.post("/<id:user_id>/role")
@operator_only
def change_persons_role(user_id: int) -> Answer:
    """Give a user the form's ``role``."""
    try:
        role = role_of(request.form.get("role", ""))
        with services().database.session() as session:
            user = _user(session, user_id)
            change_role(session, user, role)
    except AccountError as error:
        return _page(error), 422
    record("user.role", user.name, role=role)
    return _back(gettext("The role of %(name)s was changed.", name=user.name))


@bp.post("/<id:user_id>/link")
@operator_only
def make_persons_link(user_id: int) -> Answer:
    """Show a link by which a user can choose a new password; the old one works until then."""
    with services().database.session() as session:
        user = _user(session, user_id)
        token = make_link(session, user)
    record("user.link", user.name)
    return _show_link(user.id, token)


@bp.get("/<id:user_id>/link")
@operator_only
def show_persons_link(user_id: int) -> Answer:
    """Show the link that was just made for a user, until it is used or this browser leaves it."""
    token = (browser.get(_LINKS) or {}).get(str(user_id), "")
    with services().database.reading() as session:
        user = _user(session, user_id)
        find_link(session, token)
    link = url_for("accounts.show_set_up", token=token, _external=True)
    return render_template("admin/people/link.html", user=user, link=link, hours=HOURS)


@bp.post("/<id:user_id>/sign-out")
@operator_only
def sign_person_out(user_id: int) -> Answer:
    """End every session of a user."""
    with services().database.session() as session:
        user = _user(session, user_id)
        end_sessions_of(session, user.id)
    record("user.sign_out", user.name)
    return _back(gettext("%(name)s is signed out everywhere.", name=user.name))


@bp.post("/<id:user_id>/remove")
@operator_only
def remove_person(user_id: int) -> Answer:
    """Remove a user; what the log says about them stays."""
    try:
        with services().database.session() as session:
            user = _user(session, user_id)
            remove_user(session, user)
    except AccountError as error:
        return _page(error), 422
    record("user.remove", user.name)
    return _back(gettext("%(name)s was removed.", name=user.name))


def _user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        abort(404)
    return user


def _page(error: AccountError | None = None) -> str:
    with services().database.reading() as session:
        users = list_users(session)
    return render_template(
        "admin/people/people.html", users=users, error=error, shortest=SHORTEST, form=request.form
    )


def _show_link(user_id: int, token: str) -> Response:
    browser[_LINKS] = {str(user_id): token}  # in the cookie: it is stored nowhere as it stands
    return redirect(url_for("admin_people.show_persons_link", user_id=user_id), 303)


def _back(sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("admin_people.show_people"), 303)
