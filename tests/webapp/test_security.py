from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from recognizer.errors import NoModelError
from tests.webapp.admin.conftest import SignedInClient, admin_app, app, operator_client
from webapp.security import CONTENT_SECURITY_POLICY, HEADERS, PERMISSIONS_POLICY

__all__ = ["admin_app", "app", "operator_client"]

ANYWHERE = ["/", "/about", "/api/docs", "/nothing", "/api/nothing", "/livez", "/static/js/main.js"]
PAGES = ["/", "/about", "/api/docs", "/nothing"]


@pytest.mark.parametrize("path", ANYWHERE)
def test_every_answer_carries_the_headers_once(bare_client: FlaskClient, path: str) -> None:
    answer = bare_client.get(path)

    assert {name: answer.headers.getlist(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }


def test_no_kind_is_guessed_nothing_is_framed_and_no_address_is_handed_on() -> None:
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    assert expected.items() <= HEADERS.items()
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed() -> None:
    directives = dict(entry.split(" ", 1) for entry in CONTENT_SECURITY_POLICY.split("; "))

    assert directives.pop("default-src") == "'none'"
    assert directives.pop("img-src") == "'self' data: blob:"
    assert set(directives.values()) == {"'self'", "'none'"}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_what_the_policy_forbids(bare_client: FlaskClient, path: str) -> None:
    page = bare_client.get(path).text

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*(\ssrc=|application/json))", page)
    assert not re.search(r"<(script|link|img)[^>]*(src|href)=[\"'](https?:)?//", page)


@pytest.mark.parametrize(
    ("scheme", "seconds", "expected"),
    [("http", 60, None), ("https", 60, "max-age=60"), ("https", 0, None)],
)
def test_browsers_are_bound_to_https_only_where_they_use_it(
    make_client: Callable[..., FlaskClient], scheme: str, seconds: int, expected: str | None
) -> None:
    client = make_client({"NET_HSTS_SECONDS": seconds})

    answer = client.get("/livez", base_url=f"{scheme}://localhost")

    assert answer.headers.get("Strict-Transport-Security") == expected


def _walk(app: APIFlask, client: FlaskClient, scheme: str) -> dict[str, TestResponse]:
    """The answer of every address of the app to every method that it takes, and to one more."""
    answers = {}
    with capture_logs():
        for rule in app.url_map.iter_rules():
            path = re.sub(r"<int:\w+>", "1", rule.rule)
            path = re.sub(r"<[^>]+>", "some-name", path)
            for method in {"GET", "POST", "DELETE", "PROPFIND", *(rule.methods or ())}:
                answer = client.open(path, method=method, base_url=f"{scheme}://localhost")
                answers[f"{method} {path}"] = answer
                answer.close()
    return answers


def _assert_protected(answers: dict[str, TestResponse]) -> None:
    for asked, answer in answers.items():
        found = {name: answer.headers.getlist(name) for name in HEADERS}
        assert found == {name: [value] for name, value in HEADERS.items()}, asked
        assert answer.headers["X-Request-ID"], asked
        for cookie in answer.headers.getlist("Set-Cookie"):
            flags = set(cookie.split("; ")[1:])
            assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= flags, asked
            assert ("Secure" in flags) == (answer.request.scheme == "https"), asked


def test_every_address_answers_strangers_and_operators_with_the_headers(
    app: APIFlask, operator_client: SignedInClient
) -> None:
    for client, scheme in ((FlaskClient(app), "https"), (operator_client, "http")):
        answers = _walk(app, client, scheme)

        _assert_protected(answers)
        assert len(answers) > 200
        assert {200, 404, 405} <= {answer.status_code for answer in answers.values()}
        has_hsts = {"Strict-Transport-Security" in one.headers for one in answers.values()}
        assert has_hsts == {scheme == "https"}


def test_every_kind_of_error_carries_the_headers(
    make_client: Callable[..., FlaskClient], recognizer: Any, seven: dict[str, Any]
) -> None:
    client = make_client({"NET_TRUSTED_HOSTS": "localhost"})
    address = "/api/v1/predictions"

    with capture_logs():
        answers = {
            "400": client.post(address, data=b"{", content_type="application/json"),
            "400 host": client.get("/", headers={"Host": "elsewhere.example"}),
            "404": client.get("/nothing"),
            "405": client.put(address),
            "413": client.post(address, data=bytes(2_000_000), content_type="application/json"),
            "415": client.post(address, data=b"{}"),
            "422": client.post(address, json={}),
        }
        recognizer.failure = NoModelError("none")
        answers["503"] = client.post(address, json=seven)
        recognizer.failure = ZeroDivisionError()
        answers["500"] = client.post(address, json=seven)

    _assert_protected(answers)
    for asked, answer in answers.items():
        assert asked.startswith(str(answer.status_code))


def test_a_camera_is_for_the_page_itself_and_nothing_else_is_for_anybody() -> None:
    features = dict(entry.split("=") for entry in PERMISSIONS_POLICY.split(", "))

    assert features.pop("camera") == "(self)"
    assert len(features) > 10
    assert set(features.values()) == {"()"}


def test_no_header_of_a_stranger_changes_where_links_lead(bare_client: FlaskClient) -> None:
    lies = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example;proto=https",
        "X-Original-Host": "evil.example",
    }

    answer = bare_client.get("/", headers=lies)
    redirected = bare_client.get("/favicon.ico", headers=lies)

    assert "evil" not in answer.text + redirected.location
    assert "Strict-Transport-Security" not in answer.headers
