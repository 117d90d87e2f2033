"""What a sender is told whose bytes never became a request, and what the log is told of them.

Gunicorn's own answer repeats what it could not read, and so does its line in the log.  That may be
the middle of a drawing (a Content-Length that is too small) or somebody's link, so here neither
says more than what kind of mistake it was.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from gunicorn.http import errors  # type: ignore[import-untyped]

from webapp.operations.metrics import count_refusal
from webapp.security import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

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
_log = structlog.get_logger()


def refuse(
    error: Exception, address: tuple[str, int] | None, start_response: StartResponse
) -> list[bytes]:
    """The only answer on a connection; the refusal is logged and counted.

    Args:
        error: what gunicorn's parser or the app raised.
        address: of the sender; None behind a Unix socket.
        start_response: WSGI's.
    """
    is_ours = isinstance(error, _OURS) or not isinstance(error, errors.ParseException)
    unexpected = HTTPStatus.INTERNAL_SERVER_ERROR if is_ours else HTTPStatus.BAD_REQUEST
    status = unexpected if is_ours else _STATUSES.get(type(error), unexpected)
    request_id = secrets.token_hex(8)
    facts = {"request_id": request_id, "status": int(status), "kind": type(error).__name__}
    if is_ours:
        _log.error("a request could not be handled", exc_info=error, **facts)
    else:
        _log.info("not a request", address=address[0] if address else "", **facts)
    body = f"{status.value} {status.phrase}\n"
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    return say(status, request_id, body, headers, start_response)


def say(
    status: HTTPStatus,
    request_id: str,
    body: str,
    headers: dict[str, str],
    start_response: StartResponse,
) -> list[bytes]:
    """Answer with a text that the app has no part in, and count it.

    Args:
        status: of the answer.
        request_id: that the log has, too.
        body: its text.
        headers: of the body.
        start_response: WSGI's.
    """
    count_refusal(status)
    content = body.encode()
    fields = {
        "Content-Length": str(len(content)),
        "Cache-Control": "no-store",
        "X-Request-ID": request_id,
        **headers,
        **HEADERS,
    }
    start_response(f"{status.value} {status.phrase}", list(fields.items()))
    return [content]
