"""Bytes that are no request, sent to a real gunicorn: what comes back and what is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gunicorn_server import GunicornServer
from webapp.security import HEADERS

pytestmark = pytest.mark.gunicorn

HOST = b"Host: localhost\r\n"
SECRET = b"s3cret-424242"
POST = b"POST /api/v1/predictions HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
CASES = {
    "a request line with a secret": (b"GET /set-up/" + SECRET + b" a b c\r\n\r\n", 400),
    "the middle of a drawing": (
        POST + b"Content-Length: 2\r\n\r\n{}[" + SECRET + b", 1] x y z w\r\n\r\n", 400,
    ),
    "a header without a colon": (b"GET / HTTP/1.1\r\nCookie " + SECRET + b"\r\n\r\n", 400),
    "a header with a strange name": (b"GET / HTTP/1.1\r\n(" + SECRET + b"): x\r\n\r\n", 400),
    "another version": (b"GET / HTTP/9." + SECRET + b"\r\n\r\n", 400),
    "a method of no kind": (b"@" + SECRET + b" / HTTP/1.1\r\n\r\n", 400),
    "an address without an end": (b"GET /" + SECRET + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
    "headers without an end": (
        b"GET / HTTP/1.1\r\n" + b"".join(b"A%d: x\r\n" % at for at in range(200)) + b"\r\n", 431,
    ),
    "a head of a few kilobytes too many": (
        b"GET / HTTP/1.1\r\n" + (b"A: " + b"x" * 6_995 + b"\r\n") * 10 + b"\r\n", 431,
    ),
    "an unknown coding": (POST + b"Transfer-Encoding: " + SECRET + b"\r\n\r\n0\r\n\r\n", 501),
    "two lengths": (POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n" + SECRET, 400),
}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GunicornServer]:
    folder: Path = tmp_path_factory.mktemp("server")
    with GunicornServer(
        folder, NET_WORKERS=1, NET_MODELS_DIR=folder / "models", NET_LOG_LEVEL="debug"
    ) as server:
        yield server


def _last_answer(server: GunicornServer, sent: bytes) -> tuple[int, dict[str, str], str]:
    with server.connect() as connection:
        connection.sendall(sent)
        received = b"".join(iter(lambda: connection.recv(65_536), b"")).decode()
    head, _, body = received[received.rindex("HTTP/1.1 ") :].partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    return int(status.split()[1]), dict(line.split(": ", 1) for line in lines), body


@pytest.mark.parametrize(("sent", "status"), CASES.values(), ids=CASES.keys())
def test_what_is_no_request_is_refused_and_repeated_nowhere(
    server: GunicornServer, sent: bytes, status: int
) -> None:
    answered, headers, body = _last_answer(server, sent)

    assert answered == status
    assert HEADERS.items() <= headers.items()
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert body.startswith(f"{status} ")
    assert SECRET.decode() not in body + str(headers)
    assert SECRET.decode() not in server.log
    (line,) = [json.loads(entry) for entry in server.log.splitlines()
               if f'"request_id": "{headers["X-Request-ID"]}"' in entry]  # fmt: skip
    assert (line["level"], line["event"], line["status"]) == ("info", "not a request", status)


def test_refusals_are_counted_as_requests_of_no_address(server: GunicornServer) -> None:
    series = 'net_http_requests_total{method="other",route="unknown",status="400"}'

    _last_answer(server, b"@ / HTTP/1.1\r\n\r\n")

    assert f"{series} " in server.ask("GET", "/metrics")[2].decode()
