"""What Flask, APIFlask and mistakes of ours raise."""

from __future__ import annotations

import structlog
from apiflask import HTTPError
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, InternalServerError

from webapp.problems.answer import answer

_log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Answer everything that no other part of :mod:`webapp.problems` answers."""
    app.register_error_handler(HTTPError, _invalid_input)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _invalid_input(error: HTTPError) -> Response:
    """Answer what APIFlask found wrong with a request: ``{location: {field: [sentence]}}``."""
    found = error.detail if isinstance(error.detail, dict) else {}
    errors = [
        {"field": field, "detail": sentence}
        for fields in found.values()
        for field, sentences_ in fields.items()
        for sentence in sentences_
    ]
    response = answer(error.status_code, errors=errors) if errors else answer(error.status_code)
    response.headers.update(error.headers)
    return response


def _http_error(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        return _unexpected(error.original_exception)
    response = answer(error.code or 500)
    kept = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    response.headers.extend(kept)
    return response


def _unexpected(error: BaseException) -> Response:
    """A mistake of ours: the log gets everything, the caller nothing of it."""
    _log.error("unexpected error", exc_info=error)
    return answer(500)
