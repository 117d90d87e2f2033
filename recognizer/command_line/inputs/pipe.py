"""Standard input and pipes, whose reader can see whether it would have to wait for more.

A program that writes a line and waits for its answer gets it only if nobody waits for the
next line first.
"""

from __future__ import annotations

import io
import select
import sys
from typing import cast

_BLOCK = 1 << 16


class Pipe(io.BufferedIOBase):
    """Reads a stream in blocks as they come, never waiting for more than is asked for.

    Args:
        raw: the stream, unbuffered.
    """

    def __init__(self, raw: io.RawIOBase) -> None:
        super().__init__()
        self._raw = raw
        self._buffer = bytearray()
        self._is_at_end = False

    def would_wait(self, separator: bytes = b"\n") -> bool:
        """Whether no whole line, or piece before another separator, is there yet."""
        if self._is_at_end or separator in self._buffer:
            return False
        try:
            return not select.select([self._raw], [], [], 0)[0]
        except (OSError, ValueError):  # nothing that can be asked, as a pipe on Windows
            return False

    def fileno(self) -> int:
        """The system's number of the stream."""
        return self._raw.fileno()

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def peek(self, size: int = 0) -> bytes:
        """What is there, without taking it; waits only where nothing is."""
        if not self._buffer:
            self._fill()
        return bytes(self._buffer)

    def read(self, size: int | None = -1) -> bytes:
        """Up to ``size`` bytes; fewer only at the end."""
        while (size is None or size < 0 or len(self._buffer) < size) and self._fill():
            pass
        return self._take(len(self._buffer) if size is None or size < 0 else size)

    def read1(self, size: int = -1) -> bytes:
        """What is there, up to ``size`` bytes; waits only where nothing is."""
        self.peek()
        return self._take(len(self._buffer) if size < 0 else size)

    def readline(self, size: int | None = -1) -> bytes:
        """A line with its end, or its first ``size`` bytes."""
        longest = float("inf") if size is None or size < 0 else size
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched >= longest or not self._fill():
                end = searched
                break
        return self._take(int(min(end + 1, longest)))

    def _fill(self) -> bool:
        block = b"" if self._is_at_end else self._raw.read(_BLOCK)
        while block is None:  # nothing yet, and whoever shares the stream has set it not to wait
            select.select([self._raw], [], [])
            block = self._raw.read(_BLOCK)
        self._is_at_end = not block
        self._buffer += block
        return bool(block)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


def standard_input() -> Pipe:
    """The standard input of this process, which nobody else may read."""
    stream: object = sys.stdin.buffer
    return Pipe(cast(io.RawIOBase, getattr(stream, "raw", stream)))
