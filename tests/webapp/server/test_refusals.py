from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest
from flask.testing import FlaskClient
from werkzeug.test import create_environ, run_wsgi_app

from webapp.security import HEADERS
from webapp.server.refusals import tell_to_come_again

PATH = "/api/v1/predictions"
Ask = Callable[..., tuple[int, dict[str, str], str]]


@pytest.fixture
def ask(bare_client: FlaskClient) -> Ask:
    """Asks a server that has no time."""
    return lambda path, **headers: _ask(bare_client.application, path, headers)


def _ask(app: object, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
    environ = create_environ(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    parts, status, fields = run_wsgi_app(partial(tell_to_come_again, app), environ)
    return int(status.split()[0]), dict(fields), b"".join(parts).decode()


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "en"),
        ({"Accept_Language": "vi-VN,vi;q=0.9"}, "vi"),
        ({"Accept_Language": "vi", "Cookie": "a=b; lang=en"}, "en"),
        ({"Accept_Language": "fr", "Cookie": "lang=zz"}, "en"),
    ],
)
def test_a_program_is_told_in_the_form_of_the_api_and_in_its_language(
    ask: Ask, headers: dict[str, str], language: str
) -> None:
    status, fields, body = ask(PATH, **headers)
    problem = json.loads(body)

    assert (status, problem["status"]) == (503, 503)
    assert fields["Content-Type"] == "application/problem+json"
    assert fields["Content-Language"] == language
    assert (problem["title"] == "Not available at the moment") == (language == "en")
    assert int(fields["Retry-After"]) > 0
    assert fields["X-Request-ID"]
    assert int(fields["Content-Length"]) == len(body.encode())
    assert HEADERS.items() <= fields.items()


def test_somebody_who_wants_a_page_is_told_in_words(ask: Ask) -> None:
    status, fields, body = ask("/")

    assert status == 503
    assert fields["Content-Type"] == "text/plain; charset=utf-8"
    assert body.startswith("503 Not available at the moment\n")


def test_an_app_that_is_not_ours_is_served_as_well() -> None:
    assert _ask(print, PATH, {})[0] == 503
