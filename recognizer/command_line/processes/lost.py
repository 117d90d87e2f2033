"""What goes wrong with a process that shall answer."""

from __future__ import annotations

from recognizer.errors import RecognizerError


class StartError(RecognizerError):
    """A process that shall answer cannot be started."""


class LostError(Exception):
    """Items were not answered, and why."""
