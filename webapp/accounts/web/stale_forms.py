"""A form whose page is older than the sign-in: who sent it goes on, and nothing typed is lost.

Only for forms of our own pages, which the browser vouches for; what comes from elsewhere stays
refused.
"""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from webapp.accounts.web.sign_in_page import HOME, next_page, sign_in_page
from webapp.pages.this_page import page_of_form

_SECRETS = ("present", "password", "repeat")
_OLD = 400


def answer_stale_form() -> AnyResponse | None:
    """Answer a form with an old token; None where it is not one of our pages'."""
    if not _came_from_here() or request.mimetype == "application/json":
        return None
    if request.endpoint == "accounts.create_session":
        return _go_on() if current_user.is_authenticated else _sign_in_again()
    if request.endpoint == "accounts.finish_set_up":
        return redirect(request.path, 303)
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.show_sign_in"), 303)
    return _offer_again()


def _came_from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin", "").partition("://")[2] == request.host


def _go_on() -> AnyResponse:
    return redirect(next_page(), 303)


def _sign_in_again() -> Response:
    sentence = gettext("The page was too old. Please type your password once more.")
    return make_response(sign_in_page(sentence, name=request.form.get("name", "")), _OLD)


def _offer_again() -> Response:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", *_SECRETS)
    ]
    page = render_template(
        "accounts/stale.html",
        address=request.full_path.rstrip("?"),
        back=page_of_form(HOME),
        fields=fields,
        secrets=[name for name in _SECRETS if name in request.form],
    )
    return make_response(page, _OLD)
