"""What gunicorn reads a request from: the bytes that have arrived, and then the end.

Gunicorn's own reader goes on with the socket, so a thread would wait for whoever sends slowly.
"""

from __future__ import annotations

import io

from gunicorn.http.unreader import Unreader  # type: ignore[import-untyped]

_PIECE_BYTES = 65_536  # gunicorn copies what it holds with every read, so it is handed a little


class Received(Unreader):  # type: ignore[misc]
    """Reads from memory what arrived of one request, and of those right behind it."""

    def __init__(self, received: bytearray, *, is_whole: bool) -> None:
        """Hold what came.

        Args:
            received: is not changed any more.
            is_whole: whether nothing of the request is missing; otherwise its connection cannot
                be used again, for nobody knows where the next one begins.
        """
        self.buf = io.BytesIO()
        super().__init__()
        self.is_whole = is_whole
        self._held = memoryview(received)

    def beginning(self, size: int) -> bytes:
        """The first bytes that nobody has read yet."""
        return bytes(self.buf.getvalue()[:size]) or bytes(self._held[:size])

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next piece; empty at the end."""
        piece = bytes(self._held[:_PIECE_BYTES])
        self._held = self._held[len(piece) :]
        return piece

    def take_buffered(self) -> bytes:
        """All that nobody has read, which is then gone from here."""
        rest = self.buf.getvalue() + bytes(self._held)
        self.buf, self._held = io.BytesIO(), self._held[:0]
        return bytes(rest)
