"""Read a text in another encoding as UTF-8, a piece at a time."""

from __future__ import annotations

import io
from typing import BinaryIO, cast


def recoded(stream: BinaryIO, encoding: str) -> io.BufferedReader:
    """A stream of the same text in UTF-8; reading what is not in ``encoding`` is a ValueError."""
    text = io.TextIOWrapper(stream, encoding, newline="")
    return io.BufferedReader(cast(io.RawIOBase, _Recoded(text)))


class _Recoded(io.RawIOBase):
    def __init__(self, text: io.TextIOWrapper) -> None:
        super().__init__()
        self._text = text

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        content = self._text.read(len(buffer) // 4).encode()  # a character has 4 bytes at most
        buffer[: len(content)] = content
        return len(content)
