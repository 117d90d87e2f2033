"""How long do others wait while fifty connections with half a request are held open?

Run as ``python -m benchmarks.slow_senders``.  It starts gunicorn with two workers and, where it is
installed, nginx with the configuration of deploy/nginx before it, and asks for predictions on new
connections: first alone, then with fifty connections of each kind held open.  Printed is how long
the answers took, directly and behind nginx, and the ratio of the medians to those alone.
"""

from __future__ import annotations

import argparse
import http.client
import json
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType

from benchmarks.serving.server import serving
from benchmarks.soak import PREDICTIONS, X, Y
from tests.deploy import nginx_server

HELD_OPEN = 50
ASKED = 200
BODY = json.dumps({"strokes": [{"x": X, "y": Y}]}).encode()

HEAD = b"POST /api/v1/predictions HTTP/1.1\r\nHost: net.example.org\r\n"
_JSON = HEAD + b"Content-Type: application/json\r\n"
_FORM = (
    b"POST /api/v1/predictions/image HTTP/1.1\r\nHost: net.example.org\r\n"
    b"Content-Type: multipart/form-data; boundary=cut\r\n"
)
_GET = b"GET /livez HTTP/1.1\r\nHost: net.example.org\r\n"
_LARGE = b"x" * 200_000
_CHUNKED = _JSON + b"Transfer-Encoding: chunked\r\n\r\n"
KINDS: Mapping[str, bytes] = MappingProxyType(
    {
        "nothing": b"",
        "half a head": HEAD,
        "half a drawing": _JSON + b"Content-Length: 500\r\n\r\n{",
        "half a picture": _FORM + b"Content-Length: 9000000\r\n\r\n" + _LARGE,
        "half of what is too large": _JSON + b"Content-Length: 99999999\r\n\r\n" + _LARGE,
        "half of far too much": _JSON + b"Content-Length: 99999999999\r\n\r\n" + _LARGE,
        "half a chunk": _CHUNKED + b"ff\r\n{",
        "chunks that look like an end": _CHUNKED + b"4\r\n\r\n\r\n\r\n",
        "many chunks": _CHUNKED + b"1\r\nx\r\n" * 20_000,
        "a question whether to go on": _JSON + b"Expect: 100-continue\r\nContent-Length: 9\r\n\r\n",
        "an offer of another protocol": _JSON + b"Upgrade: h2c\r\nContent-Length: 9\r\n\r\n{",
        "one request and half of the next": _GET + b"\r\n" + HEAD,
        "the last request, and no end": _GET + b"Connection: close\r\n\r\n",
        "what is no request, and no end": b"\x16\x03\x01 / / /\r\n\r\n",
    }
)
"""What is sent on each connection that is held open, by its name."""

Connect = Callable[[], http.client.HTTPConnection]


def main() -> None:
    """Measure and print."""
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    with serving(workers=2) as server:
        _measure("directly", lambda: http.client.HTTPConnection("127.0.0.1", server.port, 60))
        if nginx_server.is_installed():
            with (
                tempfile.TemporaryDirectory() as name,
                _nginx(Path(name) / "nginx", server.port) as nginx,
            ):
                _measure("behind nginx", lambda: _through(nginx))


def _through(nginx: nginx_server.NginxServer) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(nginx_server.HOST, timeout=60)
    connection.sock = nginx.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as http.client's own
    return connection


@contextmanager
def _nginx(folder: Path, port: int) -> Iterator[nginx_server.NginxServer]:
    folder.mkdir()
    folder.parent.chmod(0o755)
    nginx = nginx_server.NginxServer(folder, f"upstream net_web {{ server 127.0.0.1:{port}; }}")
    nginx.start()
    try:
        yield nginx
    finally:
        nginx.stop()


def _measure(way: str, connect: Connect) -> None:
    alone = _ask(connect)
    print(f"\n{way + ', held open':42}{'median':>10}{'slowest':>11}{'ratio':>8}")
    print(_line("no connection", alone, alone))
    for name, sent in KINDS.items():
        with ExitStack() as held:
            for _ in range(HELD_OPEN):
                connection = connect()
                held.callback(connection.close)
                if connection.sock is None:
                    connection.connect()
                connection.sock.sendall(sent)
            print(_line(name, _ask(connect), alone), flush=True)


def _ask(connect: Connect) -> list[float]:
    """How many milliseconds each answer took, with its connection."""
    times = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        connection = connect()
        connection.request("POST", PREDICTIONS, BODY, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise SystemExit(f"answered with {answer.status}")
    return times


def _line(name: str, times: list[float], alone: list[float]) -> str:
    median = statistics.median(times)
    ratio = median / statistics.median(alone)
    return f"{name:42}{median:>7.2f} ms{max(times):>8.1f} ms{ratio:>8.2f}"


if __name__ == "__main__":
    main()
