"""Turn the first Ctrl-C into a polite request to stop; the second one is not asked."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import keras


class Interruption(keras.callbacks.Callback):  # type: ignore[misc]
    """Ends the training after the present batch once somebody asked for it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_requested = False

    def request(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask for the stop; fits as a signal handler."""
        self.is_requested = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:
        """Stop here if asked to."""
        if self.is_requested:
            self.model.stop_training = True

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Ctrl-C and a polite kill are requests within a ``with`` block."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self.request) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)
