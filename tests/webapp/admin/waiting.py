"""Wait for what a page says once a child of the server has found it out."""

from __future__ import annotations

import time
from collections.abc import Callable

from werkzeug.test import TestResponse

PATIENCE = 90.0  # seconds; a child imports much, and the machine may be busy


def wait_until(ask: Callable[[], TestResponse], text: str) -> str:
    """The first answer with a text in it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = ask().text
        if text in answer:
            return answer
        assert time.monotonic() < deadline, f"{text!r} does not come; last: {answer[-4000:]}"
        time.sleep(0.3)
