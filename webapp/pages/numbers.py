"""Whole numbers in addresses and forms: ids, page numbers and positions, as programs write them.

Python reads more than that as a number (signs, blanks, underscores, the digits of every script),
and more digits than a database has room for; here none of it is a number.
"""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter

_MOST_DIGITS = 9  # so that every one fits into a database's 32 bits


class IdConverter(BaseConverter):
    """``<id:job_id>`` in a route: a number of 1 or more; any other text is no such address."""

    regex = f"[1-9][0-9]{{0,{_MOST_DIGITS - 1}}}"

    def to_python(self, value: str) -> int:
        """Read the number."""
        return int(value)


def init_app(app: Flask) -> None:
    """Let the app's routes have ids."""
    app.url_map.converters["id"] = IdConverter


def read_number(text: str | None, default: int = 0) -> int:
    """Read a number of at most nine ASCII digits; anything else is the ``default``."""
    is_number = text and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if text and is_number else default
