"""A server of a few files that knows ranges, and fails in the ways that servers fail."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FileServer:
    """What is served, how, and what was asked for.

    Attributes:
        files: content by name.
        etag: of every file; an empty one is not sent.
        knows_ranges: whether a range is answered with 206.
        ignores_if_range: whether the rest is sent though the version is another.
        cuts: after how many bytes each of the next answers is cut off.
        refusals: statuses that the next requests are answered with.
        asked: the Range header of every request, empty where there was none.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.etag = '"1"'
        self.knows_ranges = True
        self.ignores_if_range = False
        self.cuts: list[int] = []
        self.refusals: list[int] = []
        self.asked: list[str] = []
        self.url = ""


@contextmanager
def serving() -> Iterator[FileServer]:
    """Serve on a free port of this machine."""
    served = FileServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, served)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(request: BaseHTTPRequestHandler, served: FileServer) -> None:
    served.asked.append(request.headers.get("Range", ""))
    if served.refusals:
        return request.send_error(served.refusals.pop(0))
    content = served.files.get(request.path.lstrip("/"))
    if content is None:
        return request.send_error(404)
    start = _start(request, served)
    if start >= len(content):
        return request.send_error(416)
    request.send_response(206 if start else 200)
    if start:
        request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    if served.etag:
        request.send_header("ETag", served.etag)
    request.send_header("Content-Length", str(len(content) - start))
    request.end_headers()
    end = start + served.cuts.pop(0) if served.cuts else len(content)
    request.wfile.write(content[start:end])
    return None


def _start(request: BaseHTTPRequestHandler, served: FileServer) -> int:
    match = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
    same = served.ignores_if_range or request.headers.get("If-Range") == served.etag
    return int(match[1]) if match and same and served.knows_ranges else 0
