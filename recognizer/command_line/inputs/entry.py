"""A drawing or a picture as it was found, not yet looked at: in which file, at which line."""

from __future__ import annotations

from dataclasses import dataclass

from recognizer.errors import RecognizerError


class FileError(RecognizerError):
    """A file cannot be opened, or not be read to its end.

    Attributes:
        field: of the contract, that it is about, or None.
        reason: a key of ``recognizer.errors.REASONS``, or None.
    """

    def __init__(self, message: str, field: str | None = None, reason: str | None = None) -> None:
        self.field = field
        self.reason = reason
        super().__init__(message, field, reason)  # all of them, so that it travels

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Entry:
    """A drawing or picture in a file, or why there is none.

    Attributes:
        file: as it was named; ``-`` is standard input.
        line: where the drawing begins, from 1; a picture begins at 1.
        content: the drawing's JSON text, the picture's bytes, or the error met in their place.
        is_picture: whether the content is a picture's.
    """

    file: str
    line: int
    content: bytes | FileError
    is_picture: bool = False


def cannot_be_read(file: str, line: int, error: Exception) -> Entry:
    """The entry for what an ``OSError`` or an unpacking error hides."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Entry(file, line, FileError(f"cannot be read: {reason}"))
