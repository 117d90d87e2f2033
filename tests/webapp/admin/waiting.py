"""Wait for what a page says once a child of the server has found it out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from werkzeug.test import TestResponse

from webapp.admin.trainer_facts import THREAD_NAME

PATIENCE = 90.0  # seconds; a child imports much, and the machine may be busy


def wait_until(ask: Callable[[], TestResponse], text: str) -> str:
    """The first answer with a text in it; it is asked for again when a child has ended."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = ask().text
        if text in answer:
            return answer
        assert time.monotonic() < deadline, f"{text!r} does not come; last: {answer[-4000:]}"
        children = [one for one in threading.enumerate() if one.name == THREAD_NAME]
        for child in children:
            child.join(PATIENCE)
        if not children:
            time.sleep(0.1)
