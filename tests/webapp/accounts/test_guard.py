"""Walks everything there is under /admin, and much that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.webapp.accounts.entrance import parts_of
from tests.webapp.admin.conftest import MakeApp, SignedInClient, signed_in
from webapp.accounts.web.places import is_under_admin
from webapp.audit.tables import AuditLine

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
EXAMPLES = {"id": "1", "default": "some-name", "path": "a/b", "string": "some-name"}
ODD_PATHS = [
    "/admin",
    "/admin/",
    "/admin/nowhere",
    "/admin/nowhere/",
    "//admin",
    "//admin//runs",
    "///admin/people",
    "/./admin",
    "/x/../admin/people",
    "/static/../admin/people",
    "/static/%2e%2e/admin/people",
    "/api/..%2fadmin",
    "/%61dmin",
    "/%61%64%6d%69%6e/people",
    "/%2561dmin/people",
    "/admin%2fpeople",
    "/admin%2Fpeople%2Flog",
    "/admin%00",
    "/admin/%2e%2e/admin/people",
    "/admin/../admin",
    "/admin/..;/admin/people",
    "/admin;v=1/people",
    "/admin\\people",
    "/%5cadmin",
    "/ADMIN",
    "/Admin/People",
    "/admin%20/people",
    "/admin/people?next=/",
    "/admin/people%3f",
    "/admin/people#x",
    "/admin/account.json",
    "/admin/.%65nv",
]


def rules(app: APIFlask) -> Iterator[tuple[Rule, str]]:
    """Every rule under /admin, with a path that it matches."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/admin"):
            yield rule, _example(rule)


def _example(rule: Rule) -> str:
    def fill(match: re.Match[str]) -> str:
        converter = (match[1] or "default").partition("(")[0].rstrip(":")
        return EXAMPLES.get(converter, "some-name")

    return re.sub(r"<(?:([^:<>]+):)?[^<>]+>", fill, rule.rule)


def ask(client: FlaskClient, method: str, target: str) -> TestResponse:
    """Ask as gunicorn does: the path decoded once, and nothing else done to it."""
    path, _, query = target.partition("?")
    overrides = {"PATH_INFO": unquote(path, "latin-1"), "QUERY_STRING": query}
    return client.open("/", method=method, headers=PAGE, environ_overrides=overrides)


def test_no_address_answers_anything_to_a_stranger(
    app: APIFlask, anonymous_client: FlaskClient
) -> None:
    walked = [path for _, path in rules(app)] + ODD_PATHS
    expected = {method: 302 if method in ("GET", "HEAD") else 401 for method in METHODS}

    for path in walked:
        for method in METHODS:
            answer = ask(anonymous_client, method, path)
            assert answer.status_code == expected[method], (method, path)
            assert answer.headers.get("Location", "/sign-in?next=").startswith("/sign-in?next=")
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Cache-Control"] == "no-store"

    assert len(walked) > len(ODD_PATHS) + 5


def test_what_exists_and_what_does_not_are_answered_alike(anonymous_client: FlaskClient) -> None:
    there = anonymous_client.get("/admin/people")
    nowhere = anonymous_client.get("/admin/nowhere")

    assert there.status_code == nowhere.status_code == 401
    assert _without_own_path(there.text) == _without_own_path(nowhere.text)
    assert set(there.headers.keys()) == set(nowhere.headers.keys())


def _without_own_path(page: str) -> str:
    return re.sub(r"/admin/(people|nowhere)", "", page)


@pytest.mark.parametrize(
    "accept", [None, "*/*", "application/json", "text/event-stream", "image/*"]
)
def test_a_program_is_told_and_not_led_elsewhere(
    anonymous_client: FlaskClient, accept: str | None
) -> None:
    headers = {"Accept": accept} if accept else {}

    answer = anonymous_client.get("/admin/people", headers=headers)

    assert answer.status_code == 401
    assert "Location" not in answer.headers


def test_a_script_that_asks_for_json_gets_the_trouble_as_json(
    anonymous_client: FlaskClient,
) -> None:
    answer = anonymous_client.post("/admin/people/add", headers={"Accept": "application/json"})

    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 401


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb",
        ".eJwlzjkOwjAQAMC_uKbYw15v8hm",
        '"><script>',
        "a" * 4000,
    ],
)
def test_a_made_up_cookie_opens_nothing(anonymous_client: FlaskClient, cookie: str) -> None:
    for name in ("net_session", "__Host-net_session", "session", "remember_token"):
        anonymous_client.set_cookie(name, cookie)

    assert anonymous_client.get("/admin/people", headers=PAGE).status_code == 302
    assert anonymous_client.post("/admin/people/add").status_code == 401


def test_headers_that_name_another_address_lead_nowhere(anonymous_client: FlaskClient) -> None:
    tricks = {
        "X-Original-URL": "/admin/people",
        "X-Rewrite-URL": "/admin/people",
        "X-Forwarded-Prefix": "/admin",
        "X-HTTP-Method-Override": "GET",
        "X-Script-Name": "/admin",
    }

    answer = anonymous_client.get("/nowhere", headers={**PAGE, **tricks})
    guarded = anonymous_client.post("/admin/people", headers={**PAGE, **tricks})

    assert answer.status_code == 404
    assert guarded.status_code == 401


def test_a_viewer_changes_nothing_whatever_the_address(
    app: APIFlask, viewer_client: SignedInClient
) -> None:
    allowed = {  # their own account, and questions that need a body
        "admin_account.change_password",
        "admin_account.end_other_session",
        "admin_releases.answer_trial",
        "admin_releases.explain_trial",
        "admin_releases.explain_ink_trial",
    }
    walked = [
        (method, path)
        for rule, path in rules(app)
        for method in sorted(rule.methods or ())
        if method not in ("GET", "HEAD", "OPTIONS") and rule.endpoint not in allowed
    ]

    answers = {
        (method, path): viewer_client.open(path, method=method).status_code
        for method, path in walked
    }

    assert len(answers) >= 5
    assert set(answers.values()) == {403}, answers
    with parts_of(app).database.reading() as session:
        assert session.query(AuditLine).count() == 0


def test_every_changing_address_refuses_a_forged_form(
    app: APIFlask, operator_client: SignedInClient
) -> None:
    walked = [path for rule, path in rules(app) if "POST" in (rule.methods or ())]

    for path in [*walked, "/sign-in", "/sign-out", "/set-up/some-token"]:
        answer = operator_client.post(path, headers={"X-CSRFToken": "forged"})
        assert answer.status_code == 400, path
        assert "could not be trusted" in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/about", "/administration", "/adminx", "/x/admin", "/api/v1/admin", "/sign-in"]
)
def test_what_only_looks_like_it_is_not_guarded(path: str) -> None:
    assert not is_under_admin(path)


def test_nothing_of_the_admin_is_kept_by_anybody_but_plotlys_script(
    admin_app: MakeApp, released_models: Path
) -> None:
    app = admin_app(released_models)
    client = signed_in(app, "operator")
    run = f"/admin/runs/{(released_models / 'current').read_text().strip()}"
    files = [f"{run}/files/{name}" for name in ("model.onnx", "training_log.csv", "samples.json")]
    kept = {
        path: client.get(path, buffered=True).headers["Cache-Control"]
        for path in [run, *files, "/admin/nowhere", *(path for _, path in rules(app))]
        if "plotly" not in path
    }

    assert client.get(files[0], buffered=True).status_code == 200
    assert set(kept.values()) == {"no-store"}, kept
