"""What a sender is told who never reaches the app: no request, or no time for it.

Gunicorn's own answer repeats what it could not read, and so does its line in the log.  That may be
the middle of a drawing (a Content-Length that is too small) or somebody's link, so here neither
says more than what kind of mistake it was.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from flask import Flask
from flask_babel import force_locale
from gunicorn.http import errors  # type: ignore[import-untyped]

from webapp import sentences
from webapp.pages.languages import DEFAULT_LANGUAGE, LANGUAGES
from webapp.security import HEADERS
from webapp.telemetry.metrics import count_refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

RETRY_AFTER_SECONDS = 2

_OURS = (
    errors.ConfigurationProblem,
    errors.InvalidResponseHeader,
    errors.InvalidResponseHeaderName,
)
_STATUSES: dict[type[Exception], HTTPStatus] = {
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
_CHOSEN = re.compile(r"\blang=([a-z]{2})\b")
_LOG_SECONDS = 10  # between two lines in the log that tell of too much to do
_log = structlog.get_logger()


def refuse(
    app: object,
    error: Exception,
    address: tuple[str, int] | None,
    environ: WSGIEnvironment,
    start_response: StartResponse,
) -> list[bytes]:
    """Answer what is no request, or could not be handled, as a WSGI app does, and note it.

    Args:
        app: whose sentences are used.
        error: what gunicorn's parser or the app raised.
        address: of the sender; None behind a Unix socket.
        environ: WSGI's, as far as it is known.
        start_response: WSGI's.
    """
    is_ours = isinstance(error, _OURS) or not isinstance(error, errors.ParseException)
    status = _STATUSES.get(type(error), HTTPStatus.BAD_REQUEST)
    status = HTTPStatus.INTERNAL_SERVER_ERROR if is_ours else status
    request_id = secrets.token_hex(8)
    facts = {"request_id": request_id, "status": int(status), "kind": type(error).__name__}
    if is_ours:
        _log.error("a request could not be handled", exc_info=error, **facts)
    else:
        _log.info("not a request", address=address[0] if address else "", **facts)
    return _say(app, status, {"X-Request-ID": request_id}, environ, start_response)


def tell_to_come_again(
    app: object, environ: WSGIEnvironment, start_response: StartResponse
) -> list[bytes]:
    """Answer who has waited too long, as a WSGI app does.

    Args:
        app: a WSGI app, whose sentences are used in the caller's language.
        environ: of the request, of which no body has been read.
        start_response: as WSGI has it.
    """
    _log_that_it_is_too_much(int(time.monotonic()) // _LOG_SECONDS)
    headers = {"X-Request-ID": secrets.token_hex(8), "Retry-After": str(RETRY_AFTER_SECONDS)}
    return _say(app, HTTPStatus.SERVICE_UNAVAILABLE, headers, environ, start_response)


@lru_cache(maxsize=1)
def _log_that_it_is_too_much(_: int) -> None:
    _log.warning("too busy to answer everybody")


def _say(
    app: object,
    status: HTTPStatus,
    headers: dict[str, str],
    environ: WSGIEnvironment,
    start_response: StartResponse,
) -> list[bytes]:
    count_refusal(status)
    language = _language_of(environ)
    is_program = environ["PATH_INFO"].startswith("/api/")
    content = _content(app, status, language, is_program)
    kind = "application/problem+json" if is_program else "text/plain; charset=utf-8"
    fields = {
        "Content-Type": kind,
        "Content-Length": str(len(content)),
        "Content-Language": language,
        "Cache-Control": "no-store",
        **headers,
        **HEADERS,
    }
    start_response(f"{status.value} {status.phrase}", list(fields.items()))
    return [content]


@lru_cache(maxsize=64)
def _content(app: object, status: HTTPStatus, language: str, is_program: bool) -> bytes:
    title, detail = status.phrase, status.description
    if isinstance(app, Flask):
        with app.app_context(), force_locale(language):
            title, detail = sentences.of_status(status)
    if not is_program:
        return f"{status.value} {title}\n{detail}\n".encode()
    problem = {"type": "about:blank", "title": title, "status": status.value, "detail": detail}
    return json.dumps(problem, ensure_ascii=False).encode()


def _language_of(environ: WSGIEnvironment) -> str:
    chosen = _CHOSEN.search(environ.get("HTTP_COOKIE", ""))
    preferred = environ.get("HTTP_ACCEPT_LANGUAGE", "").strip()[:2].lower()
    for code in (chosen[1] if chosen else "", preferred):
        if code in LANGUAGES:
            return code
    return DEFAULT_LANGUAGE
