"""What mechanisms raise, for :mod:`webapp.problems` to answer."""

from __future__ import annotations


class NotAFormError(Exception):
    """A body is not multipart/form-data as it stands."""


class NoBoundaryError(Exception):
    """The Content-Type of a form does not say what stands between its parts."""


class UploadError(Exception):
    """A form has not the one file that it should have.

    Attributes:
        field: its name.
        reason: a key of :data:`webapp.sentences.UPLOAD_REASONS`.
    """

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(f"{field}: {reason}")


class RateLimitExceededError(Exception):
    """A client has had what it may have in this minute.

    Attributes:
        seconds: until it may have more.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"nothing is left for {seconds} s")


class ConcurrencyLimitError(Exception):
    """As much of this is being done as may be at a time, and that did not end in time."""
