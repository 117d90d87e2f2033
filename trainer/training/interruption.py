"""A request to stop: Ctrl-C, SIGTERM, or a file that another process writes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import FrameType

_SECONDS_BETWEEN_LOOKS = 0.5
_STOPPING = (
    "trainer: stopping after this batch; then what has been learned is exported and measured, "
    "which takes a minute or two. Ctrl-C again ends at once; --resume goes on either way\n"
)


class Interruption:
    """Whether somebody asked for a stop; a second Ctrl-C is not a request any more."""

    def __init__(self, stop_file: Path | None = None) -> None:
        """``stop_file``: its existence is a request."""
        self._is_requested = False
        self._stop_file = stop_file
        self._look_at = 0.0

    @property
    def is_requested(self) -> bool:
        """Somebody asked; looks for the file twice a second at most."""
        if not self._is_requested and self._stop_file and time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + _SECONDS_BETWEEN_LOOKS
            self._is_requested = self._stop_file.exists()
        return self._is_requested

    def request(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask for the stop; fits as a signal handler."""
        self._is_requested = True
        if number:
            # A handler may have interrupted a print, which cannot be called within another.
            with suppress(OSError):  # nobody reads any more, or the log's disk is full
                os.write(2, _STOPPING.encode())
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def listening(self) -> AbstractContextManager[None]:
        """Ctrl-C and SIGTERM are requests within a ``with`` block."""
        return signals_given_to(self.request)


@contextmanager
def signals_given_to(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Within a ``with`` block Ctrl-C and SIGTERM call a function, and end nothing else."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, handler) for number in numbers]
    try:
        yield
    finally:
        for number, earlier in zip(numbers, before, strict=True):
            signal.signal(number, earlier)
