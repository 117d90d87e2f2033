"""Which language a person reads: chosen by the browser, switchable, remembered.

The choice is the `lang` cookie, then the browser's `Accept-Language`, then English. What the
strings say stands in `translations/`; what JavaScript writes, in :mod:`webapp.pages.messages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from flask import Flask, Response, has_request_context, request
from flask_babel import Babel
from werkzeug.wrappers import Response as AnyResponse

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "vi": "Tiếng Việt"})
DEFAULT_LANGUAGE = "en"
COOKIE = "lang"
COOKIE_LIFETIME = timedelta(days=365)
_TRANSLATED_TYPES = frozenset({"text/html", "application/problem+json"})


def init_app(app: Flask) -> None:
    """Translate everything `app` answers into the language of the person who asks."""
    Babel(app, default_locale=DEFAULT_LANGUAGE, locale_selector=current_language)
    app.context_processor(_template_variables)


def current_language() -> str:
    """Return the code of the language of this request, one of `LANGUAGES`."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    remembered = request.cookies.get(COOKIE)
    if remembered is not None and remembered in LANGUAGES:
        return remembered
    return request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE) or DEFAULT_LANGUAGE


def remember_language(response: AnyResponse, code: str) -> None:
    """Keep `code`, one of `LANGUAGES`, in the browser for a year."""
    response.set_cookie(
        COOKIE,
        code,
        max_age=COOKIE_LIFETIME,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure,
    )


def _template_variables() -> dict[str, object]:
    return {"language": current_language(), "languages": LANGUAGES}


def name_the_language(response: Response) -> None:
    """Say which language an answer is in, so that a cache never serves one person another's."""
    if response.mimetype in _TRANSLATED_TYPES:
        response.headers["Content-Language"] = current_language()
        response.vary.update(["Accept-Language", "Cookie"])
