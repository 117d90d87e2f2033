from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from webapp.security import CONTENT_SECURITY_POLICY, HEADERS

ANYWHERE = ["/", "/about", "/api/docs", "/nothing", "/api/nothing", "/livez", "/static/js/main.js"]
PAGES = ["/", "/about", "/api/docs", "/nothing"]


@pytest.mark.parametrize("path", ANYWHERE)
def test_every_answer_carries_the_headers_once(bare_client: FlaskClient, path: str) -> None:
    answer = bare_client.get(path)

    assert {name: answer.headers.getlist(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }


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
