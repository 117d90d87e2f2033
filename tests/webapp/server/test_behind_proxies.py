"""A hostile and an honest client behind one proxy: each gets its own answers, and no others."""

from __future__ import annotations

import http.client
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.deploy.nginx_server import HOST, NginxServer
from tests.gunicorn_server import GunicornServer
from tests.webapp.server.proxies import haproxy, plain_nginx
from tests.webapp.server.raw_requests import BODIES, CODINGS, EXPECTATIONS, LENGTHS

pytestmark = pytest.mark.gunicorn

ASKED = "/api/v1/models/current"
SMUGGLED = b"GET /smuggled-000 HTTP/1.1\r\nHost: net.example.org\r\nX-Request-ID: smuggled\r\n\r\n"
START = b"POST /api/v1/predictions HTTP/1.1\r\nHost: net.example.org\r\n"
IN_CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(SMUGGLED), SMUGGLED)
RIGHT = b"Content-Length: %d\r\n" % len(SMUGGLED)
TWO_REQUESTS = {
    "none", "zero", "short", "another name", "bare carriage return", "folded behind another",
    "space before the name",
}  # fmt: skip
"""Of LENGTHS: those after which what follows is the sender's next request by right."""


class Door(Protocol):
    """Where clients connect."""

    def connect(self) -> socket.socket: ...

    def stop(self) -> None: ...


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, released_models: Path
) -> Iterator[GunicornServer]:
    with GunicornServer(
        tmp_path_factory.mktemp("server"), NET_MODELS_DIR=released_models, NET_WORKERS=1
    ) as server:
        yield server


@pytest.fixture(scope="module", params=["haproxy", "nginx", "plain nginx"])
def door(
    request: Any, tmp_path_factory: pytest.TempPathFactory, server: GunicornServer
) -> Iterator[Door]:
    """A proxy before the server."""
    if not shutil.which(request.param.split()[-1]):
        pytest.skip(f"needs {request.param.split()[-1]}")
    folder = tmp_path_factory.mktemp("proxy")
    door: Any
    if request.param == "nginx":
        address = f"server 127.0.0.1:{server.port} max_fails=0; keepalive 1;"
        door = NginxServer(folder, f"upstream net_web {{ {address} }}")
        door.start()
    else:
        door = {"haproxy": haproxy, "plain nginx": plain_nginx}[request.param](folder, server.port)
    yield door
    door.stop()


def _hostile() -> Iterator[tuple[str, bytes, bytes]]:
    """Heads and bodies; within each body is a request that nobody has sent."""
    for name, lines in LENGTHS.items():
        if name not in TWO_REQUESTS | {"cut"}:
            yield name, lines.replace(b"5", b"%d" % len(SMUGGLED)), SMUGGLED
    for name, lines in CODINGS.items():
        if name != "another name":
            yield name, lines.replace(b": 15", b": %d" % len(IN_CHUNKS)), IN_CHUNKS
    for name, lines in EXPECTATIONS.items():
        yield name, lines + RIGHT, SMUGGLED
        yield f"{name}, behind", RIGHT + lines, SMUGGLED
        yield f"{name}, in chunks", lines + CODINGS["right"], IN_CHUNKS
    for name, body in BODIES.items():
        yield name, CODINGS["right"], body.replace(b"0\r\n\r\n", b"", 1) + IN_CHUNKS


HOSTILE = list(_hostile())


@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=lambda number: HOSTILE[number][0])
def test_an_honest_client_gets_its_own_answers(
    door: Door, server: GunicornServer, number: int
) -> None:
    _, head, body = HOSTILE[number]
    path = b"/smuggled-%03d" % number
    honest = http.client.HTTPConnection(HOST, timeout=60)
    honest.sock = door.connect()
    answers, received = [], b""
    with door.connect() as hostile:
        with suppress(OSError):  # refused already
            hostile.sendall(START + head + b"\r\n")
            time.sleep(0.01)  # the body comes in a packet of its own
            hostile.sendall(body.replace(b"/smuggled-000", path))
        for turn, seconds in enumerate((0.05, 0.01, 0.01)):
            hostile.settimeout(seconds)
            honest.request("GET", ASKED, headers={"Host": HOST, "X-Request-ID": f"honest-{turn}"})
            answer = honest.getresponse()
            answer.read()
            answers.append((answer.status, answer.getheader("X-Request-ID")))
            with suppress(OSError):
                received += hostile.recv(65_536)
    honest.close()

    assert answers == [(200, f"honest-{turn}") for turn in range(3)]
    assert b"smuggled" not in received.lower()
    assert b"honest" not in received
    assert path.decode() not in server.log
