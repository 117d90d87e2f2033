"""What keeps people from signing in or from going on: forged forms, used links, too many tries."""

from __future__ import annotations

from flask import Flask, Response, make_response, request
from flask_babel import gettext
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from webapp.accounts.links import LinkError
from webapp.accounts.web.sign_in_page import sign_in_page
from webapp.accounts.web.stale_forms import answer_stale_form
from webapp.limiting.limiter import seconds_to_wait
from webapp.problems.answer import answer
from webapp.request_log import note
from webapp.storage.database import DatabaseAwayError

DATABASE_RETRY_SECONDS = 5


def init_app(app: Flask) -> None:
    """Answer what accounts, their limits and the database raise."""
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(LinkError, _used_link)
    app.register_error_handler(RateLimitExceeded, _too_often)
    app.register_error_handler(DatabaseAwayError, _no_database)


def _forged(_: CSRFError) -> AnyResponse:
    if (response := answer_stale_form()) is not None:
        return response
    detail = gettext(
        "This form was too old, or the browser did not send its cookie. Nothing was changed. "
        "Go back, load the page again and try once more."
    )
    return answer(400, title=gettext("The form could not be trusted"), detail=detail)


def _used_link(_: LinkError) -> Response:
    detail = gettext("The link has been used or has expired. Ask an operator for a new one.")
    return answer(404, title=gettext("This link is not valid"), detail=detail)


def _too_often(_: RateLimitExceeded) -> Response:
    seconds = seconds_to_wait()
    tries = gettext(
        "Too many wrong attempts for this name from here. Wait %(seconds)s seconds.",
        seconds=seconds,
    )
    if request.endpoint == "accounts.create_session":
        response = make_response(sign_in_page(tries, name=request.form.get("name", "")), 429)
    elif request.blueprint == "corrections":
        many = gettext("Many corrections came from your network just now. Please wait a moment.")
        response = answer(429, detail=many)
    else:
        response = answer(429, detail=tries)
    response.retry_after = seconds
    return response


def _no_database(error: DatabaseAwayError) -> Response:
    note(reason=str(error))
    detail = gettext("The database does not answer. Drawing still works; please try again soon.")
    response = answer(503, detail=detail)
    response.retry_after = DATABASE_RETRY_SECONDS
    return response
