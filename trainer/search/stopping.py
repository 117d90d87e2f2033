"""Ctrl-C and SIGTERM end the present training at once, and anything else in peace.

An exception in the middle of a training harms nobody; in the middle of a conversation with the
database it would.  A second Ctrl-C is not asked.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

from trainer.training.interruption import signals_given_to


class Stop:
    """Whether somebody asked for the end."""

    def __init__(self) -> None:
        self.is_requested = False
        self._may_interrupt = False

    def listening(self) -> AbstractContextManager[None]:
        """Take the signals within a ``with`` block."""
        return signals_given_to(self._request)

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """Within this ``with`` block a request raises KeyboardInterrupt."""
        with self._switched(True):
            yield

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Within this one, which stands in the other, it is raised at the end of the block."""
        with self._switched(False):
            yield
        self._raise_if_due()

    @contextmanager
    def _switched(self, may_interrupt: bool) -> Iterator[None]:
        before, self._may_interrupt = self._may_interrupt, may_interrupt
        try:
            self._raise_if_due()
            yield
        finally:
            self._may_interrupt = before

    def _request(self, number: int, frame: FrameType | None) -> None:
        self.is_requested = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._raise_if_due()

    def _raise_if_due(self) -> None:
        if self.is_requested and self._may_interrupt:
            raise KeyboardInterrupt
