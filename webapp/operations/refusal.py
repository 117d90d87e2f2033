"""What a sender is told whose bytes never became a request, and what the log is told of them.

Gunicorn's own answer repeats what it could not read, and so does its line in the log.  That may be
the middle of a drawing (a Content-Length that is too small) or somebody's link, so here neither
says more than what kind of mistake it was.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.http.errors import (  # type: ignore[import-untyped]
    ConfigurationProblem,
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

from webapp.operations.metrics import count_refusal
from webapp.security import HEADERS

_OURS = (ConfigurationProblem, InvalidResponseHeader, InvalidResponseHeaderName)
_STATUSES: dict[type[Exception], HTTPStatus] = {
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
_log = structlog.get_logger()


def refuse(connection: socket.socket, address: tuple[str, int] | None, error: Exception) -> None:
    """Answer a sender once, for the connection is closed then; never raises.

    Args:
        connection: to the sender.
        address: of the sender; None behind a Unix socket.
        error: what gunicorn's parser or the app raised.
    """
    status = status_of(error)
    request_id = secrets.token_hex(8)
    facts = {"request_id": request_id, "status": int(status), "kind": type(error).__name__}
    if _is_ours(error):
        _log.error("a request could not be handled", exc_info=error, **facts)
    else:
        _log.info("not a request", address=address[0] if address else "", **facts)
    count_refusal(status)
    try:
        util.write_nonblock(connection, answer(status, request_id, _body_of(status), _PLAIN))
    except OSError:  # who is gone needs no answer
        return


def status_of(error: Exception) -> HTTPStatus:
    """The status that an error is answered with."""
    if _is_ours(error):
        return HTTPStatus.INTERNAL_SERVER_ERROR
    return _STATUSES.get(type(error), HTTPStatus.BAD_REQUEST)


def answer(status: HTTPStatus, request_id: str, body: str, headers: Mapping[str, str]) -> bytes:
    """The bytes of an answer after which the connection is closed.

    Args:
        status: of the answer.
        request_id: that the log has, too.
        body: its text.
        headers: of the body.
    """
    content = body.encode()
    fields = {
        "Connection": "close",
        "Content-Length": str(len(content)),
        "Cache-Control": "no-store",
        "X-Request-ID": request_id,
        **headers,
        **HEADERS,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode("ascii") + content


def _body_of(status: HTTPStatus) -> str:
    return f"{status.value} {status.phrase}\n"


def _is_ours(error: Exception) -> bool:
    return isinstance(error, _OURS) or not isinstance(error, ParseException)
