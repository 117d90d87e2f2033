"""What the app says about an error, in the language of the caller.

The sentences about a drawing or a picture are ``recognizer.errors.REASONS`` themselves: the
recogniser knows no languages, so they are marked for translation here.
"""

from collections.abc import Mapping
from http import HTTPStatus

from flask_babel import LazyString, gettext, lazy_gettext

from recognizer.errors import REASONS

TITLES: dict[int, LazyString] = {
    400: lazy_gettext("The request cannot be understood"),
    401: lazy_gettext("Please sign in"),
    403: lazy_gettext("Not allowed"),
    404: lazy_gettext("Not found"),
    405: lazy_gettext("Method not allowed"),
    413: lazy_gettext("Too large"),
    415: lazy_gettext("Wrong kind of content"),
    422: lazy_gettext("The drawing cannot be read"),
    429: lazy_gettext("Too many requests"),
    500: lazy_gettext("Something went wrong here"),
    503: lazy_gettext("Not available at the moment"),
}

PICTURE_TITLES: dict[int, LazyString] = {
    413: TITLES[413],
    415: lazy_gettext("Not a picture that can be read"),
    422: lazy_gettext("The picture cannot be read"),
}

DETAILS: dict[int, LazyString] = {
    400: lazy_gettext("The server cannot make sense of what was sent."),
    401: lazy_gettext("You are not signed in, or your session has ended."),
    403: lazy_gettext("You may not do this here."),
    404: lazy_gettext("There is nothing at this address."),
    405: lazy_gettext("This address does not answer to that method."),
    413: lazy_gettext("The request's body is larger than allowed."),
    415: lazy_gettext("The body must be JSON, sent as application/json and not compressed."),
    422: lazy_gettext("A field has a value that cannot be used."),
    429: lazy_gettext("Please wait a moment and try again."),
    500: lazy_gettext("The mistake is ours and has been written down. Please try again."),
    503: lazy_gettext("Please try again in a moment."),
}

UPLOAD_REASONS: dict[str, LazyString] = {
    "missing": lazy_gettext("is missing."),
    "several": lazy_gettext("must be sent once, but was sent several times."),
    "no_file": lazy_gettext("must be a file, with a file name, but is text."),
    "empty": lazy_gettext("is an empty file."),
}

# Only here so that extraction finds them; a test holds them to REASONS, word for word.
MARKED_REASONS = (
    lazy_gettext("is missing."),
    lazy_gettext("must be an object."),
    lazy_gettext("must be a list."),
    lazy_gettext("must be true or false."),
    lazy_gettext("must be a whole number."),
    lazy_gettext("is %(actual)s, but the answer has %(count)s digits, counted from 0."),
    lazy_gettext("must hold only numbers; item %(index)s is not one."),
    lazy_gettext("must hold only finite numbers; item %(index)s is not finite."),
    lazy_gettext("must hold only numbers from %(low)s to %(high)s; item %(index)s is outside."),
    lazy_gettext("must have as many items as x (%(expected)s), but has %(actual)s."),
    lazy_gettext("must hold at most %(limit)s drawings, but holds %(actual)s."),
    lazy_gettext("must hold at most %(limit)s strokes, but holds %(actual)s."),
    lazy_gettext("must hold at most %(limit)s points in all, but holds %(actual)s."),
    lazy_gettext("must be one of: %(choices)s."),
    lazy_gettext("must have at most %(limit)s bytes, but has %(actual)s."),
    lazy_gettext("must have at most %(limit)s pixels, but has %(actual)s."),
    lazy_gettext(
        "takes too much memory or time to read; save it smaller, or as a JPEG that"
        " is not progressive."
    ),
    lazy_gettext("must be a PNG, JPEG, WebP, BMP or GIF picture."),
    lazy_gettext("is damaged or incomplete."),
    lazy_gettext("must not be animated."),
)


def of_status(status: int) -> tuple[str, str]:
    """The title and the detail that explain an HTTP status."""
    if status in TITLES:
        return str(TITLES[status]), str(DETAILS[status])
    http_status = HTTPStatus(status)
    return http_status.phrase, http_status.description or http_status.phrase


def of_picture(status: int) -> str:
    """The title that explains why a picture is refused with 413, 415 or 422."""
    return str(PICTURE_TITLES[status])


def of_reason(reason: str, parameters: Mapping[str, object]) -> str:
    """Why a field of a drawing or a picture is refused; ``reason`` is a key of REASONS."""
    return str(gettext(REASONS[reason])) % parameters
