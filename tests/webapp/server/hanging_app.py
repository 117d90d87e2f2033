"""A WSGI app that can be made to hang, to see what becomes of its worker."""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    hangs = environ["PATH_INFO"] == "/hang" or environ["wsgi.input"].read() == b"hang"
    while hangs:
        time.sleep(0.01)
    answer = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]
