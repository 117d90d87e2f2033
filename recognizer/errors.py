"""The errors that the recogniser raises, and the sentences that explain them.

An error about a drawing or a picture names the field it is about and the reason, so that a
caller can show it in its own language: ``REASONS`` holds the English templates,
which the web app translates.  What status or exit code an error becomes is for
the callers to say.
"""

from __future__ import annotations

REASONS: dict[str, str] = {
    "missing": "is missing.",
    "not_an_object": "must be an object.",
    "not_a_list": "must be a list.",
    "not_a_boolean": "must be true or false.",
    "not_a_whole_number": "must be a whole number.",
    "no_such_digit": "is %(actual)s, but the answer has %(count)s digits, counted from 0.",
    "not_a_number": "must hold only numbers; item %(index)s is not one.",
    "not_finite": "must hold only finite numbers; item %(index)s is not finite.",
    "out_of_bounds": "must hold only numbers from %(low)s to %(high)s; item %(index)s is outside.",
    "unequal_lengths": "must have as many items as x (%(expected)s), but has %(actual)s.",
    "too_many_drawings": "must hold at most %(limit)s drawings, but holds %(actual)s.",
    "too_many_strokes": "must hold at most %(limit)s strokes, but holds %(actual)s.",
    "too_many_points": "must hold at most %(limit)s points in all, but holds %(actual)s.",
    "unknown_mode": "must be one of: %(choices)s.",
    "picture_too_many_bytes": "must have at most %(limit)s bytes, but has %(actual)s.",
    "picture_too_many_pixels": "must have at most %(limit)s pixels, but has %(actual)s.",
    "picture_too_much_work": (
        "takes too much memory or time to read; save it smaller, or as a JPEG that"
        " is not progressive."
    ),
    "picture_type": "must be a PNG, JPEG, WebP, BMP or GIF picture.",
    "picture_damaged": "is damaged or incomplete.",
    "picture_animated": "must not be animated.",
}


class RecognizerError(Exception):
    """Anything the recogniser can say about its input or its model."""


class JsonError(RecognizerError):
    """A text is not JSON in UTF-8."""


class TooManyBytesError(RecognizerError):
    """A drawing's text is longer than the contract allows."""


class ContractError(RecognizerError):
    """A field of what was sent breaks a rule of the contract.

    Attributes:
        field: path of the field.
        reason: a key of :data:`REASONS`.
        parameters: what the reason's sentence has placeholders for.
    """

    def __init__(self, field: str, reason: str, **parameters: object) -> None:
        self.field = field
        self.reason = reason
        self.parameters = parameters
        super().__init__(f"{field} {REASONS[reason] % parameters}")


class DrawingError(ContractError):
    """A drawing breaks a rule; ``field`` is as ``strokes[2].y``, ``$`` the document itself."""


class PictureError(ContractError):
    """A picture's file, or how it is to be read, breaks a rule; ``field`` names which."""


class PictureTooLargeError(PictureError):
    """A picture has more bytes or pixels than are read, or unpacks to more than they promise."""


class PictureTypeError(PictureError):
    """A picture's content is of no format that is read."""


class PictureDamagedError(PictureError):
    """A picture cannot be decoded, or is not one still picture."""


class RunError(RecognizerError):
    """A run's folder cannot be served; the message says why."""


class CannotExplainError(RecognizerError):
    """The run that is served cannot tell how its answers come about."""


class NoModelError(RecognizerError):
    """There is no run to serve."""


def reason_of(error: BaseException) -> str:
    """Say what went wrong, without the number and the path that an OSError's own text has."""
    return getattr(error, "strerror", None) or str(error)
