"""A browser in which somebody signed in before: others' wrong attempts do not keep that person out.

It has a signed cookie for the sign-in page alone, a "device cookie" (OWASP): whose holder's own
wrong attempts are counted apart from everybody else's.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

NAME = "net_browser"
_LIFETIME = timedelta(days=180)
_MOST_PEOPLE = 8  # of one browser, as a classroom's


def mark_of(name: str) -> str | None:
    """The mark of this browser for a person's (normalised) name; None where it has none."""
    return _marks().get(name)


def remember(response: Response | AnyResponse, name: str) -> None:
    """Give the browser a mark for the person who has just signed in."""
    marks = {name: _marks().get(name) or secrets.token_hex(8), **_marks()}
    kept = dict(list(marks.items())[:_MOST_PEOPLE])
    response.set_cookie(
        NAME, str(_serializer().dumps(kept)), max_age=_LIFETIME, path="/sign-in",
        secure=request.is_secure, httponly=True, samesite="Lax",
    )  # fmt: skip


def _marks() -> dict[str, str]:
    try:
        marks = _serializer().loads(request.cookies.get(NAME, ""))
    except BadSignature:
        return {}
    return marks if isinstance(marks, dict) else {}


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known-browser")
