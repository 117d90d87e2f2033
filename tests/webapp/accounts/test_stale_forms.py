"""Pages that are older than the sign-in, of a browser that says where its forms come from."""

from __future__ import annotations

import re
from types import MappingProxyType

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webapp.accounts.conftest import PASSWORD
from tests.webapp.accounts.entrance import add_person, parts_of, send_form, sign_in
from webapp.accounts.users import find_user

HERE = MappingProxyType({"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})


@pytest.fixture
def client(app: APIFlask, anonymous_client: FlaskClient) -> FlaskClient:
    add_person(app)
    return anonymous_client


def token_of(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    return found[1]


def send(
    client: FlaskClient, path: str, token: str, headers: object = HERE, **fields: str
) -> TestResponse:
    return client.post(path, data={"csrf_token": token, **fields}, headers=dict(headers))  # type: ignore[call-overload]


def test_a_second_tab_with_the_sign_in_page_goes_on(client: FlaskClient) -> None:
    second_tab = token_of(client.get("/sign-in"))
    sign_in(client)

    answer = send(client, "/sign-in", second_tab, name="an", password="x", next="/admin/account")

    assert (answer.status_code, answer.location) == (303, "/admin/account")


def test_signing_out_in_both_tabs_ends_at_the_sign_in_page(client: FlaskClient) -> None:
    sign_in(client)
    page = client.get("/admin/account")
    tabs = [token_of(page), token_of(page)]

    answers = [send(client, "/sign-out", token) for token in tabs]

    assert [answer.location for answer in answers] == ["/sign-in", "/sign-in"]


def test_a_sign_in_page_of_yesterday_is_offered_again_with_the_name(client: FlaskClient) -> None:
    old = token_of(client.get("/sign-in"))
    client.delete_cookie("net_session")

    answer = send(client, "/sign-in", old, name="an", password=PASSWORD, next="/admin/account")
    again = send(client, "/sign-in", token_of(answer), name="an", password=PASSWORD)

    assert answer.status_code == 400
    assert 'value="an"' in answer.text
    assert 'value="/admin/account"' in answer.text
    assert PASSWORD not in answer.text
    assert "too old" in answer.text
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("path", "page"),
    [("/admin/people/add", "/admin/people"), ("/admin/training", "/admin/training/new"),
     ("/admin/studies", "/admin/studies"), ("/admin/corrections/relabel", "/admin/corrections")],
)  # fmt: skip
def test_a_form_older_than_the_sign_in_is_offered_again_with_what_was_typed(
    client: FlaskClient, path: str, page: str
) -> None:
    sign_in(client)
    old = token_of(client.get("/admin/account"))
    client.delete_cookie("net_session")
    sign_in(client)
    typed = {"name": "b\u00ecnh<b>", "label": "7", "password": "not to be shown"}
    headers = {**HERE, "Referer": f"http://localhost{page}"}

    answer = send(client, path, old, headers, **typed)

    assert answer.status_code == 400
    assert "Send it again?" in answer.text
    assert 'name="name" value="bình&lt;b&gt;"' in answer.text
    assert "not to be shown" not in answer.text
    assert 'name="password" type="password"' in answer.text
    assert f'action="{path}"' in answer.text


def test_what_is_offered_again_can_be_sent(app: APIFlask, client: FlaskClient) -> None:
    sign_in(client)
    old = token_of(client.get("/admin/people"))
    client.delete_cookie("net_session")
    sign_in(client)
    fields = {"name": "binh", "role": "viewer", "way": "link"}

    offered = send(client, "/admin/people/add", old, **fields)
    answer = send(client, "/admin/people/add", token_of(offered), **fields)

    assert answer.status_code == 303
    with parts_of(app).database.reading() as session:
        assert find_user(session, "binh")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)
def test_a_form_of_another_site_is_offered_to_nobody(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    sign_in(client)

    for path in ("/admin/people/add", "/sign-out", "/sign-in"):
        answer = send(client, path, "forged", headers, name="binh", role="operator")
        assert answer.status_code == 400
        assert "binh" not in answer.text
    assert client.get("/admin/account").status_code == 200


def test_the_link_of_a_new_person_survives_a_switch_of_language_until_it_is_left(
    client: FlaskClient,
) -> None:
    sign_in(client)
    answer = send_form(client, "/admin/people/add", "/admin/people", name="binh", role="viewer")
    page = client.get(answer.location)
    link = re.search(r"http://localhost(/set-up/[^\"]+)", page.text)
    assert link
    language = client.post("/language", data={"lang": "vi", "next": answer.location})

    again = client.get(language.location)
    client.get("/admin/people")
    left = client.get(answer.location)

    assert answer.status_code == 303
    assert link[1] in again.text
    assert 'lang="vi"' in again.text
    assert left.status_code == 404


def test_a_link_that_was_used_is_shown_no_more(app: APIFlask, client: FlaskClient) -> None:
    sign_in(client)
    answer = send_form(client, "/admin/people/add", "/admin/people", name="binh", role="viewer")
    link = re.search(r"http://localhost(/set-up/[^\"]+)", client.get(answer.location).text)
    assert link
    send_form(FlaskClient(app), link[1], password=PASSWORD, repeat=PASSWORD)

    assert client.get(answer.location).status_code == 404


@pytest.mark.parametrize(
    ("path", "page", "fields"),
    [
        ("/admin/people/add", "/admin/people", {"name": "!"}),
        ("/admin/account/password", "/admin/account", {"present": "x"}),
        ("/admin/training", "/admin/training/new", {"recipe": "dense-512", "epochs": "no"}),
        ("/sign-in", "/sign-in", {"name": "an", "password": "x"}),
    ],
)
@pytest.mark.parametrize("tells_referrer", [True, False])
def test_a_page_that_answers_a_form_leads_to_a_page_when_the_language_is_switched(
    client: FlaskClient, path: str, page: str, fields: dict[str, str], tells_referrer: bool
) -> None:
    sign_in(client)
    headers = {"Referer": f"http://localhost{page}?x=1"} if tells_referrer else {}
    answer = client.post(
        path, data={"csrf_token": token_of(client.get("/admin/account")), **fields}, headers=headers
    )
    target = re.search(r'name="next" value="([^"]+)"', answer.text)
    assert target

    switched = client.post("/language", data={"lang": "vi", "next": target[1]})

    assert answer.status_code in (401, 422)
    assert client.get(switched.location).status_code in (200, 302)
