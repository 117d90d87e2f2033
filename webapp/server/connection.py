"""A connection whose requests gunicorn's own parser reads, and that nobody waits for meanwhile.

The parser runs in a greenlet: where it would wait for more bytes, the main loop goes on and comes
back with them.  So where a request ends is decided in one place, by gunicorn, and a request that
is handed on is in memory as a whole.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping
from typing import Any

from greenlet import greenlet  # type: ignore[import-untyped]
from gunicorn.http import errors  # type: ignore[import-untyped]
from gunicorn.http.message import Request  # type: ignore[import-untyped]
from gunicorn.http.unreader import Unreader  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn  # type: ignore[import-untyped]

BLOCK_BYTES = 65_536
MOST_HEAD_BYTES = 65_536
MOST_BODY_BYTES = 16 * 1_048_576  # kept of one request; the largest picture's form is smaller

_PIECE_BYTES = 8_192  # read at a time where chunks may be small, for each takes time
# Gunicorn takes more than this.  Whoever stands before it may have read something else in it.
_USUAL: Mapping[str, re.Pattern[str]] = {
    "CONTENT-LENGTH": re.compile(r"0|[1-9][0-9]{0,17}"),
    "TRANSFER-ENCODING": re.compile(r"chunked", re.IGNORECASE),
    "EXPECT": re.compile(r"100-continue", re.IGNORECASE),
}


class Connection(TConn, Unreader):  # type: ignore[misc]
    """One sender's connection, and what gunicorn reads its requests from.

    Attributes:
        reading: the greenlet in which gunicorn reads; true while a request is arriving.
        request: gunicorn's, from the end of its head on; its body is in memory once it is whole.
        body_bytes: how much of its body is in memory.
        receive_bytes: how much to receive at a time.
        queued_at: when the request was whole.
        deadline: until when something has to come; without end while an answer is on its way.
        is_watched: whether the main loop is told of what comes.
        is_leaving: whether the last answer has been given.
    """

    def __init__(self, *arguments: object) -> None:
        TConn.__init__(self, *arguments)
        Unreader.__init__(self)
        self.initialized = True  # or gunicorn would make a parser that waits at the socket
        self.reading: Any = None
        self.request: Any = None
        self.body_bytes, self.receive_bytes, self._head_bytes = 0, _PIECE_BYTES, 0
        self.queued_at, self.deadline = 0.0, math.inf
        self.is_watched = self.is_leaving = False

    def take(self, data: bytes) -> bool:
        """Let gunicorn go on with what has come; returns whether the request is whole.

        Raises:
            ParseException: it is no request.
            OSError: the sender has gone.
        """
        if not self.reading:
            self.reading, self.request = greenlet(self._read), None
            self.body_bytes, self.receive_bytes, self._head_bytes = 0, _PIECE_BYTES, len(data)
        return bool(self.reading.switch(data))

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return what comes next; gunicorn asks for it, and the main loop goes on meanwhile."""
        self.receive_bytes = min(max(size_hint or 0, _PIECE_BYTES), BLOCK_BYTES)
        data: bytes = self.reading.parent.switch()
        self._head_bytes += len(data)
        if not data:  # half a request is none
            raise errors.NoMoreData
        if self.request is None and self._head_bytes > MOST_HEAD_BYTES:
            raise errors.LimitRequestHeaders("")
        return data

    def _read(self, data: bytes) -> bool:
        self.unread(data)
        request = self.request = Request(self.cfg, self, self.client)
        _refuse_the_unusual(request)
        length = getattr(request.body.reader, "length", 0)
        if request._expected_100_continue and length <= MOST_BODY_BYTES:
            self.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        request._expected_100_continue = False
        pieces = []
        while max(length, self.body_bytes) <= MOST_BODY_BYTES and (
            piece := request.body.read(BLOCK_BYTES)
        ):
            pieces.append(piece)
            self.body_bytes += len(piece)
        if max(length, self.body_bytes) > MOST_BODY_BYTES:  # the app says so, by what it has
            request.force_close()
        request.body = io.BytesIO(b"".join(pieces))
        return True


def _refuse_the_unusual(request: Request) -> None:
    fields = [field for field in request.headers if field[0] in _USUAL]
    for name, value in fields:
        if not _USUAL[name].fullmatch(value) or [one for one, _ in fields].count(name) > 1:
            raise errors.InvalidHeader(name)
