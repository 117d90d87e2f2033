"""Which language an answer is in, and how a person changes it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

VIETNAMESE = "Hãy vẽ một con số."
ENGLISH = "Draw a digit or a number."


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("vi-VN,vi;q=0.9,en;q=0.8", VIETNAMESE),
        ("vi", VIETNAMESE),
        ("fr-FR,vi;q=0.5", VIETNAMESE),
        ("en-US,en;q=0.9,vi;q=0.1", ENGLISH),
        ("de", ENGLISH),
        ("", ENGLISH),
        ("*;;q=x,\u00ff", ENGLISH),
    ],
)
def test_the_page_speaks_the_browser_s_language(
    bare_client: FlaskClient, header: str, sentence: str
) -> None:
    page = bare_client.get("/", headers={"Accept-Language": header})

    assert sentence in page.text


def test_a_page_names_its_language_to_caches(bare_client: FlaskClient) -> None:
    page = bare_client.get("/", headers={"Accept-Language": "vi"})

    assert page.headers["Content-Language"] == "vi"
    assert {"accept-language", "cookie"} <= set(page.vary.as_set())


def test_a_chosen_language_is_remembered_and_outweighs_the_browser(
    bare_client: FlaskClient,
) -> None:
    switched = bare_client.post("/language", data={"lang": "vi", "next": "/about"})
    page = bare_client.get("/", headers={"Accept-Language": "en"})

    assert (switched.status_code, switched.location) == (303, "/about")
    cookie = switched.headers["Set-Cookie"]
    assert "SameSite=Lax" in cookie
    assert "HttpOnly" in cookie
    assert "Max-Age=31536000" in cookie
    assert VIETNAMESE in page.text


def test_a_cookie_with_rubbish_is_ignored(bare_client: FlaskClient) -> None:
    bare_client.set_cookie("lang", "../../etc")

    assert ENGLISH in bare_client.get("/").text


def test_a_language_that_is_not_spoken_is_refused(bare_client: FlaskClient) -> None:
    answer = bare_client.post("/language", data={"lang": "xx"})

    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\\/evil.example",
        "javascript:alert(1)",
        "about",
        "http://[",
        "",
    ],
)
def test_the_switch_never_leads_to_another_site(bare_client: FlaskClient, target: str) -> None:
    switched = bare_client.post("/language", data={"lang": "en", "next": target})

    assert (switched.status_code, switched.location) == (303, "/")


def test_an_error_of_the_api_is_told_in_the_caller_s_language(bare_client: FlaskClient) -> None:
    answer = bare_client.post(
        "/api/v1/predictions",
        json={"strokes": [{"x": [1]}]},
        headers={"Accept-Language": "vi"},
    )

    assert answer.get_json()["detail"] == "strokes[0].y bị thiếu."
    assert answer.headers["Content-Language"] == "vi"
