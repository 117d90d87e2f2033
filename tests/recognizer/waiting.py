"""Wait for what others do, and see who is at it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


def eventually(claim: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether a claim comes true while others work."""
    end = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def watchers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "models/current"]
