"""Every error becomes an answer here: problem details under /api, a page elsewhere.

The problem details are RFC 9457's. What the sentences say stands in
:mod:`webapp.sentences`; that an error happened is for whoever raises it.
"""

from typing import Any

import structlog
from apiflask import HTTPError
from flask import Flask, Response, current_app, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from recognizer.errors import (
    CannotExplainError,
    DrawingError,
    JsonError,
    NoModelError,
    PictureDamagedError,
    PictureError,
    PictureTooLargeError,
    PictureTypeError,
    RunError,
    TooManyBytesError,
)
from webapp import sentences
from webapp.api.uploads import NoBoundaryError, NotAFormError, UploadError
from webapp.operations.allowance import SpentError
from webapp.operations.request_log import note
from webapp.operations.turns import BusyError

BUSY_RETRY_AFTER_SECONDS = 2  # a picture takes less
RETRY_AFTER_SECONDS = 5  # a registry looks for a new run far more often than this
NOT_JSON = "/api/docs#not-json"
INVALID_DRAWING = "/api/docs#invalid-drawing"
INVALID_PICTURE = "/api/docs#invalid-picture"
NO_MODEL = "/api/docs#no-model"
CANNOT_EXPLAIN = "/api/docs#cannot-be-explained"

_PICTURE_STATUSES: dict[type[PictureError], int] = {
    PictureTooLargeError: 413,
    PictureTypeError: 415,
    PictureDamagedError: 422,
}

_log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Answer every error that the app's views or the app itself raise."""
    app.register_error_handler(DrawingError, _invalid_drawing)
    app.register_error_handler(PictureError, _invalid_picture)
    app.register_error_handler(UploadError, _invalid_upload)
    app.register_error_handler(JsonError, _not_json)
    app.register_error_handler(TooManyBytesError, _too_large)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(NotAFormError, _not_a_form)
    app.register_error_handler(NoBoundaryError, _no_boundary)
    app.register_error_handler(BusyError, _busy)
    app.register_error_handler(SpentError, _spent)
    app.register_error_handler(NoModelError, _no_model)
    app.register_error_handler(RunError, _no_model)
    app.register_error_handler(CannotExplainError, _cannot_explain)
    app.register_error_handler(HTTPError, _invalid_input)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def answer(status: int, *, kind: str = "about:blank", **members: object) -> Response:
    """One error, as the caller can read it.

    Args:
        status: of the answer; its title and, unless given, its detail are said
            in the language of the caller.
        kind: the ``type`` of RFC 9457, a URI that names the sort of problem.
        members: further members of the problem details.
    """
    title, detail = sentences.of_status(status)
    problem = {"type": kind, "title": title, "status": status, "detail": detail, **members}
    response = _details(problem) if _is_for_a_program() else _page(problem)
    response.status_code = status
    return response


def _is_for_a_program() -> bool:
    """Whether the caller is the API's, or a script of a page that asked for JSON."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _details(problem: dict[str, object]) -> Response:
    body = current_app.json.dumps(problem)
    return Response(body, mimetype="application/problem+json")


def _page(problem: dict[str, object]) -> Response:
    variables = {name: problem[name] for name in ("status", "title", "detail")}
    try:
        return Response(render_template("error.html", **variables), mimetype="text/html")
    except Exception as error:  # a template may be what is broken, or the host that links need
        _log.error("the error page cannot be shown", exc_info=error)
        return Response("{status} {title}\n{detail}\n".format(**variables), mimetype="text/plain")


def _invalid_drawing(error: DrawingError) -> Response:
    detail = sentences.of_reason(error.reason, error.parameters)
    return _invalid_field(422, error, detail, kind=INVALID_DRAWING)


def _invalid_picture(error: PictureError) -> Response:
    status = _PICTURE_STATUSES.get(type(error), 422)
    detail = sentences.of_reason(error.reason, error.parameters)
    return _invalid_field(
        status, error, detail, kind=INVALID_PICTURE, title=sentences.of_picture(status)
    )


def _invalid_upload(error: UploadError) -> Response:
    detail = str(sentences.UPLOAD_REASONS[error.reason])
    title = sentences.of_picture(422)
    return _invalid_field(422, error, detail, kind=INVALID_PICTURE, title=title)


def _invalid_field(
    status: int, error: DrawingError | PictureError | UploadError, detail: str, **members: Any
) -> Response:
    note(field=error.field, reason=error.reason)
    return answer(
        status,
        detail=f"{error.field} {detail}",
        field=error.field,
        errors=[{"field": error.field, "detail": detail}],
        **members,
    )


def _not_json(_: JsonError) -> Response:
    return answer(400, kind=NOT_JSON, detail=gettext("The request's body is not JSON in UTF-8."))


def _too_large(_: TooManyBytesError | RequestEntityTooLarge) -> Response:
    return answer(413)


def _not_a_form(_: NotAFormError) -> Response:
    detail = gettext("The body must be a form, sent as multipart/form-data and not compressed.")
    return answer(415, detail=detail)


def _no_boundary(_: NoBoundaryError) -> Response:
    reason = gettext(
        "has no boundary that can be used; let the program that makes the form set it."
    )
    errors = [{"field": "Content-Type", "detail": reason}]
    return answer(400, detail=f"Content-Type {reason}", field="Content-Type", errors=errors)


def _busy(_: BusyError) -> Response:
    response = answer(503)
    response.retry_after = BUSY_RETRY_AFTER_SECONDS
    return response


def _spent(error: SpentError) -> Response:
    response = answer(429)
    response.retry_after = error.seconds
    return response


def _no_model(error: NoModelError | RunError) -> Response:
    note(reason=str(error))
    response = answer(503, kind=NO_MODEL, detail=gettext("No model is being served yet."))
    response.retry_after = RETRY_AFTER_SECONDS
    return response


def _cannot_explain(error: CannotExplainError) -> Response:
    note(reason=str(error))
    detail = gettext(
        "The model that answers cannot be explained: it was made before that, or its network is of "
        "another kind."
    )
    return answer(404, kind=CANNOT_EXPLAIN, detail=detail)


def _invalid_input(error: HTTPError) -> Response:
    """What APIFlask found wrong with a request: ``{location: {field: [sentence]}}``."""
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
