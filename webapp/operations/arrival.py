"""One HTTP/1.1 request while it arrives: what has come so far, and whether that is all of it.

It only says when a thread can get on without waiting for the sender; what the bytes mean is
gunicorn's to say.  So a wrong guess costs one connection and nothing else.
"""

from __future__ import annotations

import re

BLOCK_BYTES = 65_536
MOST_HEAD_BYTES = 65_536
MOST_BYTES = 16 * 1_048_576  # kept of one request; the largest picture with its form is smaller
MOST_SWALLOWED_BYTES = 32 * 1_048_576  # of a body too large to be kept, so that its sender is told

_SMALL_BLOCK_BYTES = 8_192
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]{1,18})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
_CODED = re.compile(rb"^(transfer-encoding|expect):[ \t]*(.*)\r\n", re.IGNORECASE | re.MULTILINE)
_GO_ON = b"100-continue"
_CHUNK_LINE = re.compile(rb"([0-9a-fA-F]{1,16})(?:[ \t]*;[^\r\n]*|[ \t]*)\r\n")
_MOST_CHUNK_LINE_BYTES = 8192
_PROBES = (b"GET /livez ", b"GET /readyz ", b"GET /metrics ")


class Arrival:
    """Collects a request's bytes.

    Attributes:
        received: what has come, as far as it is kept.
        is_whole: whether nothing of it is missing.
        wants_to_be_told: whether the sender waits for ``100 Continue``; whoever sends that turns
            it off.
    """

    __slots__ = ("_chunk_at", "_goal", "_swallowed", "is_whole", "received", "wants_to_be_told")

    def __init__(self) -> None:
        self.received = bytearray()
        self.is_whole = False
        self.wants_to_be_told = False
        self._goal = -1  # length of the whole request; -1 while that is not known
        self._chunk_at = 0  # where the next chunk's size stands; 0 where there are no chunks
        self._swallowed = 0

    @property
    def is_probe(self) -> bool:
        """Whether it is one of the requests that find out how this server is."""
        return self.received.startswith(_PROBES)

    @property
    def block_bytes(self) -> int:
        """How many bytes to take at a time: chunks may be small, and looking at them takes time."""
        return _SMALL_BLOCK_BYTES if self._chunk_at else BLOCK_BYTES

    @property
    def is_endless_head(self) -> bool:
        """Whether it is longer than a head may be, and there is no end of the head."""
        return self._goal < 0 and not self._chunk_at and len(self.received) >= MOST_HEAD_BYTES

    def take(self, data: bytes) -> bool:
        """Add what has come; say whether nothing more needs to be waited for.

        That is so when the request is whole, and when no more of it will be kept.
        """
        if self._goal > MOST_BYTES:
            return self._swallow(data)
        self.received += data
        if self._goal < 0 and not self._chunk_at and not self._read_head():
            return self.is_endless_head
        if self._chunk_at:
            return self._walk_chunks()
        if self._goal > MOST_BYTES:  # the app sees that by itself, and reads none of it
            return self.wants_to_be_told
        self.is_whole = len(self.received) >= self._goal
        return self.is_whole

    def _read_head(self) -> bool:
        """Find out how long the request is; whether its head is there."""
        end = self.received.find(_END_OF_HEAD)
        if end < 0:
            return False
        head = bytes(self.received[: end + 2])
        length = _LENGTH.search(head)
        self._goal = end + len(_END_OF_HEAD) + (int(length[1]) if length else 0)
        for field in _CODED.finditer(head):
            if field[1].lower() == b"transfer-encoding":
                self._chunk_at = end + len(_END_OF_HEAD)
            elif field[2].strip().lower() == _GO_ON:
                self.wants_to_be_told = True
                # Without the field: gunicorn would say so once more.
                del self.received[field.start() : field.end()]
                self._goal -= len(field[0])
                self._chunk_at -= len(field[0]) if self._chunk_at else 0
        return True

    def _swallow(self, data: bytes) -> bool:
        self._swallowed += len(data)
        missing = self._goal - len(self.received)
        return self._swallowed >= min(missing, MOST_SWALLOWED_BYTES)

    def _walk_chunks(self) -> bool:
        received, at = self.received, self._chunk_at
        while line := _CHUNK_LINE.match(received, at):
            size = int(line[1], 16)
            if size == 0:
                self._chunk_at = at
                end = line.end() - 2
                self.is_whole = received.find(_END_OF_HEAD, end) >= 0  # of the trailers, if any
                return self.is_whole or len(received) - end >= MOST_HEAD_BYTES
            behind = line.end() + size + 2
            if behind > len(received):
                self._chunk_at = at
                return behind > MOST_BYTES
            at = behind
        self._chunk_at = at
        # Either the line is not all there yet, or gunicorn refuses it.
        is_line = received.find(b"\r\n", at, at + _MOST_CHUNK_LINE_BYTES) >= 0
        return is_line or len(received) - at >= _MOST_CHUNK_LINE_BYTES
