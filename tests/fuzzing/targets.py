"""What is given any bytes: the reader of strokes, the decoder of pictures, the arrival of requests.

Each target takes bytes and returns a word for what became of them.  Anything that it raises is a
mistake of ours, and so is a word that does not come in a reasonable time.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType

from gunicorn.config import Config  # type: ignore[import-untyped]
from gunicorn.http.errors import NoMoreData, ParseException  # type: ignore[import-untyped]
from gunicorn.http.message import Request  # type: ignore[import-untyped]
from gunicorn.http.parser import RequestParser  # type: ignore[import-untyped]
from PIL import Image, ImageDraw

from recognizer.errors import DrawingError, JsonError, PictureError, TooManyBytesError
from recognizer.recognizer import Recognizer
from recognizer.runs.registry import Registry
from recognizer.strokes import parse_drawing
from webapp.configuration import Configuration
from webapp.server.connection import Connection

Target = Callable[[bytes], str]


class MismatchError(Exception):
    """Our worker and gunicorn disagree about where a request ends."""


def read_strokes(content: bytes) -> str:
    """Answer a drawing's JSON, the whole way."""
    try:
        return _recognizer().recognize(parse_drawing(content)).verdict
    except (DrawingError, JsonError, TooManyBytesError) as error:
        return getattr(error, "reason", type(error).__name__)


def read_picture(content: bytes) -> str:
    """Answer a picture's file, the whole way."""
    try:
        return _recognizer().recognize_picture(content).verdict
    except PictureError as error:
        return error.reason


def take_request(content: bytes) -> str:
    """Let requests arrive in pieces, and have gunicorn read the same bytes in one."""
    ours, end = _read(_arriving(content))
    gunicorns, _ = _read(_at_once(content))
    if ours != gunicorns[: len(ours)]:
        raise MismatchError("other requests were read")
    if end == "waited for" and len(gunicorns) > len(ours):
        raise MismatchError("nobody would look at a request that is there")
    return f"{'read, ' if ours else ''}{end}"


def _read(requests: Iterator[Request]) -> tuple[list[tuple[str, str, bytes]], str]:
    """The requests and their bodies, up to the first that is none, and why it is none."""
    read = []
    try:
        for request in requests:
            body = request.body.read()
            if f"{len(body)}" != dict(request.headers).get("CONTENT-LENGTH", f"{len(body)}"):
                break  # gunicorn takes what came of it
            read.append((request.method, request.uri, body))
            if request.should_close():
                return read, "closed"
    except (NoMoreData, StopIteration):
        pass
    except ParseException:
        return read, "refused"
    return read, "waited for"


def _arriving(content: bytes) -> Iterator[Request]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        connection = Connection(Config(), ours, ("127.0.0.1", 1), ("127.0.0.1", 2))
        for at in range(0, len(content), 7):
            piece = content[at : at + 7]
            while piece and connection.take(piece):
                yield connection.request
                piece = connection.take_buffered()
        if connection.reading:
            connection.reading.throw()


def _at_once(content: bytes) -> Iterator[Request]:
    parser = RequestParser(Config(), [content], ("127.0.0.1", 1))
    while True:
        try:
            request = next(parser)
        except StopIteration:
            return
        yield request


def drawings() -> list[bytes]:
    """Bodies that are answered."""
    x, y = [52, 80, 198, 166, 117], [60, 58, 60, 134, 264]
    extras = {"t": [0, 9, 20, 35, 40], "p": [0.1, 0.5, 0.5, 0.4, 0.0]}
    return [
        json.dumps(document).encode()
        for document in (
            {"strokes": []},
            {"strokes": [{"x": x, "y": y}], "mode": "digit"},
            {"strokes": [{"x": x, "y": y, **extras}, {"x": [400], "y": [99]}], "mode": "number"},
        )
    ]


def pictures() -> list[bytes]:
    """Small files of each kind that is read."""
    image = Image.new("RGB", (64, 48), (230, 230, 226))
    ImageDraw.Draw(image).line((10, 8, 50, 8, 30, 42), fill=(40, 40, 60), width=5)
    return [
        _file(image.convert(mode), kind)
        for kind, mode in (
            ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("JPEG", "RGB"), ("JPEG", "L"),
            ("WEBP", "RGBA"), ("BMP", "RGB"), ("GIF", "P"),
        )
    ]  # fmt: skip


def requests() -> list[bytes]:
    """Requests as browsers and programs send them."""
    post = b"POST /api/v1/predictions HTTP/1.1\r\nHost: x\r\n"
    chunked = post + b"Transfer-Encoding: chunked\r\n\r\n"
    return [
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: lang=vi\r\n\r\n",
        post + b"Content-Length: 2\r\n\r\n{}GET / HTTP/1.0\r\n\r\n",
        chunked + b"2;a=b\r\n{}\r\nA\r\n0123456789\r\n0\r\nDigest: x\r\n\r\n",
        post + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
    ]


TARGETS: Mapping[str, tuple[Target, Callable[[], list[bytes]]]] = MappingProxyType(
    {
        "strokes": (read_strokes, drawings),
        "pictures": (read_picture, pictures),
        "requests": (take_request, requests),
    }
)
"""By its name: what is given the bytes, and bytes to begin with."""


def _file(image: Image.Image, kind: str) -> bytes:
    content = BytesIO()
    image.save(content, kind)
    return content.getvalue()


@lru_cache(maxsize=1)
def _recognizer() -> Recognizer:
    return Recognizer(Registry(Configuration().models_folder))
