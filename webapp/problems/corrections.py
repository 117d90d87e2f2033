"""What is wrong with a correction, or with keeping it."""

from __future__ import annotations

from flask import Flask, Response
from flask_babel import gettext

from webapp.corrections.errors import CorrectionError, FullError, NoCorrectionError
from webapp.problems.answer import answer
from webapp.request_log import note

INVALID_CORRECTION = "/api/docs#invalid-correction"
FULL = "/api/docs#full"
FULL_RETRY_SECONDS = 3600  # an operator has to make room first


def init_app(app: Flask) -> None:
    """Answer what corrections raise."""
    app.register_error_handler(CorrectionError, _invalid)
    app.register_error_handler(FullError, _full)
    app.register_error_handler(NoCorrectionError, _unknown)


def _invalid(error: CorrectionError) -> Response:
    note(field=error.field, reason=error.reason)
    return answer(
        422,
        kind=INVALID_CORRECTION,
        title=gettext("The correction cannot be read"),
        detail=f"{error.field} {error.sentence}",
        field=error.field,
        errors=[{"field": error.field, "detail": error.sentence}],
    )


def _full(_: FullError) -> Response:
    detail = gettext("There is no room for more corrections here. Thank you all the same.")
    response = answer(503, kind=FULL, detail=detail)
    response.retry_after = FULL_RETRY_SECONDS
    return response


def _unknown(_: NoCorrectionError) -> Response:
    detail = gettext("There is no such correction, or it has been taken back already.")
    return answer(404, detail=detail)
