from __future__ import annotations

import gzip
from typing import Any

import pytest
from flask.testing import FlaskClient

TEXTS = ["/", "/api/docs", "/static/js/stroke-pad.js", "/api/v1/openapi.json"]


@pytest.mark.parametrize("path", TEXTS)
@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_texts_are_compressed_as_the_browser_asks(
    bare_client: FlaskClient, path: str, encoding: str
) -> None:
    plain = bare_client.get(path)
    packed = bare_client.get(path, headers={"Accept-Encoding": encoding})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert encoding != "gzip" or gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize("header", ["br;q=0", "gzip;q=0.0", "br;q=0, *"])
def test_a_coding_that_is_refused_is_not_sent(bare_client: FlaskClient, header: str) -> None:
    answer = bare_client.get("/", headers={"Accept-Encoding": header})

    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_pictures_and_small_answers_are_not_compressed(
    bare_client: FlaskClient, client: FlaskClient, seven: dict[str, Any]
) -> None:
    headers = {"Accept-Encoding": "gzip, br, zstd"}

    answers = [
        bare_client.get("/static/images/favicon.png", headers=headers),
        bare_client.get("/livez", headers=headers),
        client.post("/api/v1/predictions", json=seven, headers=headers),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(answers[2].data) > 500
    assert not [answer for answer in answers if "Content-Encoding" in answer.headers]


def test_head_tells_what_get_would_send(bare_client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip"}

    head, get = (
        bare_client.open("/static/js/stroke-pad.js", method=method, headers=headers)
        for method in ("HEAD", "GET")
    )

    assert head.data == b""
    for name in ("ETag", "Content-Encoding", "Content-Type", "Cache-Control"):
        assert head.headers[name] == get.headers[name]


def test_pages_are_asked_for_again_and_differ_by_language(bare_client: FlaskClient) -> None:
    answer = bare_client.get("/")

    assert answer.headers["Cache-Control"] == "no-cache"
    assert {"Accept-Language", "Cookie", "Accept-Encoding"} <= set(answer.vary)
