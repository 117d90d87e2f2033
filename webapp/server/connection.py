"""A connection whose requests gunicorn's own parser reads, and that nobody waits for meanwhile.

The parser runs in a greenlet: where it would wait for more bytes, the main loop goes on and comes
back with them.  So where a request ends is decided in one place, by gunicorn, and every request
that is handed on is in memory as a whole.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping
from typing import Any

from greenlet import greenlet  # type: ignore[import-untyped]
from gunicorn.http.body import Body  # type: ignore[import-untyped]
from gunicorn.http.errors import (  # type: ignore[import-untyped]
    InvalidHeader,
    LimitRequestHeaders,
    NoMoreData,
    ParseException,
)
from gunicorn.http.message import Request  # type: ignore[import-untyped]
from gunicorn.http.unreader import Unreader  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn  # type: ignore[import-untyped]

BLOCK_BYTES = 65_536
MOST_HEAD_BYTES = 65_536
MOST_BODY_BYTES = 16 * 1_048_576  # kept of one request; the largest picture's form is smaller
MOST_DROPPED_BYTES = 32 * 1_048_576  # of a body too large to be kept, so that its sender is told

_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
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
        request: gunicorn's, from the end of its head on; its body is in memory once it is whole.
        kept: bytes of its body in memory.
        wanted: bytes to receive at a time.
        deadline: until when something has to come; without end while an answer is on its way.
        since: when the request was whole.
        watched: what the main loop is told of: ``selectors.EVENT_READ``, ``EVENT_WRITE`` or 0.
        is_leaving: whether the last answer has been given.
    """

    def __init__(self, *arguments: object) -> None:
        TConn.__init__(self, *arguments)
        Unreader.__init__(self)
        self.initialized = True  # or gunicorn would make a parser that waits at the socket
        self.request: Any = None
        self.reading: Any = None  # the greenlet in which gunicorn reads; None between requests
        self.count = self.kept = self.watched = 0
        self.wanted = _PIECE_BYTES
        self.deadline, self.since = math.inf, 0.0
        self.is_leaving = False

    def take(self, data: bytes) -> bool:
        """Let gunicorn go on with what has come; whether the request is whole.

        Raises:
            ParseException: it is no request.
            OSError: the sender has gone.
        """
        if self.reading is None:
            self.reading = greenlet(self._read)
            self.request, self.kept, self._head_bytes = None, 0, 0
        is_whole = bool(self.reading.switch(data))
        if is_whole:
            self.reading, self.wanted = None, _PIECE_BYTES
        return is_whole

    def forget(self) -> None:
        """Read no more of the request that is arriving."""
        if self.reading is not None:
            self.reading.throw()
            self.reading = None

    def chunk(self, size_hint: int | None = None) -> bytes:
        """What comes next; gunicorn asks for it, and the main loop goes on meanwhile."""
        self.wanted = min(max(size_hint or 0, _PIECE_BYTES), BLOCK_BYTES)
        data: bytes = self.reading.parent.switch()
        if not data:  # half a request is none
            raise NoMoreData
        self._head_bytes += len(data)
        if self.request is None and self._head_bytes > MOST_HEAD_BYTES:
            raise LimitRequestHeaders("")
        return data

    def _read(self, data: bytes) -> bool:
        self.unread(data)
        self.count += 1
        request = self.request = Request(self.cfg, self, self.client, self.count)
        _refuse_the_unusual(request)
        is_too_large = getattr(request.body.reader, "length", 0) > MOST_BODY_BYTES
        waits, request._expected_100_continue = request._expected_100_continue, False
        if waits and not is_too_large:
            self.sock.send(_GO_ON)
        pieces: list[bytes] = []
        error, dropped = None, int(is_too_large)
        try:
            while not (waits and is_too_large) and (piece := request.body.read(BLOCK_BYTES)):
                if dropped or self.kept > MOST_BODY_BYTES:
                    dropped += len(piece)
                else:
                    pieces.append(piece)
                    self.kept += len(piece)
                if dropped > MOST_DROPPED_BYTES:
                    break
        except ParseException as raised:
            error = raised
        if dropped or error:
            request.force_close()
        held = _Held(b"".join(pieces))
        held.error = error
        request.body = Body(held) if error else held
        return True


class _Held(io.BytesIO):
    """The body of a request; one that is broken ends with gunicorn's error."""

    error: ParseException | None = None

    def read(self, size: int | None = -1) -> bytes:
        """Read on; raises what gunicorn raised, where it did."""
        data = super().read(size)
        if self.error and not data:
            raise self.error
        return data


def _refuse_the_unusual(request: Request) -> None:
    names = set()
    for name, value in request.headers:
        if usual := _USUAL.get(name):
            if name in names or not usual.fullmatch(value):
                raise InvalidHeader(name)
            names.add(name)
