"""What is wrong with a drawing or a picture that was sent, or with whoever should read it."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge

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
from webapp.errors import (
    ConcurrencyLimitError,
    NoBoundaryError,
    NotAFormError,
    RateLimitExceededError,
    UploadError,
)
from webapp.problems.answer import answer
from webapp.request_log import note

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


def init_app(app: Flask) -> None:
    """Answer what reading and recognising raise."""
    app.register_error_handler(DrawingError, _invalid_drawing)
    app.register_error_handler(PictureError, _invalid_picture)
    app.register_error_handler(UploadError, _invalid_upload)
    app.register_error_handler(JsonError, _not_json)
    app.register_error_handler(TooManyBytesError, _too_large)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(NotAFormError, _not_a_form)
    app.register_error_handler(NoBoundaryError, _no_boundary)
    app.register_error_handler(ConcurrencyLimitError, _busy)
    app.register_error_handler(RateLimitExceededError, _too_many_predictions)
    app.register_error_handler(CannotExplainError, _cannot_explain)
    app.register_error_handler(NoModelError, _no_model)
    app.register_error_handler(RunError, _no_model)


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


def _busy(_: ConcurrencyLimitError) -> Response:
    response = answer(503)
    response.retry_after = BUSY_RETRY_AFTER_SECONDS
    return response


def _too_many_predictions(error: RateLimitExceededError) -> Response:
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
    detail = gettext("The model that answers cannot be explained: it was made before that, or its "
                     "network is of another kind.")  # fmt: skip
    return answer(404, kind=CANNOT_EXPLAIN, detail=detail)
