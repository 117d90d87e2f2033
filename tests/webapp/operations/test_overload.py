from __future__ import annotations

import json
import socket
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from webapp.operations.overload import TooBusy
from webapp.security import HEADERS

ASKED = b"POST /api/v1/predictions HTTP/1.1\r\nHost: x\r\n"
Ask = Callable[[bytes], tuple[int, dict[str, str], str]]


@pytest.fixture
def ask(bare_client: FlaskClient) -> Ask:
    """Sends a request's head to a server that has no time."""
    too_busy = TooBusy(SimpleNamespace(wsgi=bare_client.application))

    def ask(head: bytes) -> tuple[int, dict[str, str], str]:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            too_busy.tell(ours, head)
            received = theirs.recv(65_536).decode()
        head_, _, body = received.partition("\r\n\r\n")
        status, *lines = head_.split("\r\n")
        return int(status.split()[1]), dict(line.split(": ", 1) for line in lines), body

    return ask


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        (b"", "en"),
        (b"Accept-Language: vi-VN,vi;q=0.9\r\n", "vi"),
        (b"Accept-Language: vi\r\nCookie: a=b; lang=en\r\n", "en"),
        (b"accept-language:fr\r\ncookie: lang=zz\r\n", "en"),
    ],
)
def test_a_program_is_told_in_the_form_of_the_api_and_in_its_language(
    ask: Ask, headers: bytes, language: str
) -> None:
    status, fields, body = ask(ASKED + headers + b"\r\n")
    problem = json.loads(body)

    assert (status, problem["status"]) == (503, 503)
    assert fields["Content-Type"] == "application/problem+json"
    assert fields["Content-Language"] == language
    assert (problem["title"] == "Not available at the moment") == (language == "en")
    assert int(fields["Retry-After"]) > 0
    assert fields["Connection"] == "close"
    assert fields["X-Request-ID"]
    assert int(fields["Content-Length"]) == len(body.encode())
    assert HEADERS.items() <= fields.items()


def test_somebody_who_wants_a_page_is_told_in_words(ask: Ask) -> None:
    status, fields, body = ask(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert status == 503
    assert fields["Content-Type"] == "text/plain; charset=utf-8"
    assert body.startswith("Not available at the moment\n")


def test_an_app_that_is_not_ours_is_served_as_well() -> None:
    ours, theirs = socket.socketpair()

    with ours, theirs:
        TooBusy(SimpleNamespace(wsgi=print)).tell(ours, b"")
        received = theirs.recv(65_536)

    assert received.startswith(b"HTTP/1.1 503 ")


def test_who_has_gone_needs_no_answer(bare_client: FlaskClient) -> None:
    ours, theirs = socket.socketpair()
    theirs.close()

    with ours:
        TooBusy(SimpleNamespace(wsgi=bare_client.application)).tell(ours, ASKED)
