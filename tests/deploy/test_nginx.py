"""nginx with the configuration that operators copy, before the app with PostgreSQL and Redis."""

from __future__ import annotations

import http.client
import json
import ssl
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.deploy.conftest import PASSWORD, Site, make_nginx
from tests.deploy.nginx_server import HOST
from tests.deploy.visitor import Visitor
from tests.webapp.admin.runs.made_runs import add_epoch, make_run
from tests.written_paper import as_file, paper
from trainer.runs.state import held
from webapp.audit.tables import AuditLine
from webapp.storage.database import Database

pytestmark = pytest.mark.gunicorn

PREDICTIONS = "/api/v1/predictions"
FORM_HEAD = b'--cut\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'


def _form(content: bytes) -> bytes:
    return FORM_HEAD + content + b"\r\n--cut--\r\n"


def test_nginx_accepts_the_configuration_without_a_warning(place: Path, needs_nginx: None) -> None:
    nginx = make_nginx(place / "checked", place / "nowhere.sock")

    verdict = nginx.check()

    assert verdict.returncode == 0, verdict.stderr
    assert "[warn]" not in verdict.stderr


def test_a_drawing_is_answered_over_https(site: Site, seven: dict[str, Any]) -> None:
    status, headers, body = site.nginx.ask("POST", PREDICTIONS, seven, X_Request_ID="my-own-id")

    assert (status, json.loads(body)["text"]) == (200, "7")
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Content-Security-Policy"]
    assert headers["X-Request-ID"] == "my-own-id"
    assert '"request_id":"my-own-id"' in site.nginx.access_log


def test_plain_http_leads_to_https_and_keeps_the_method(site: Site) -> None:
    status, headers, _ = site.nginx.ask_plainly("POST", f"{PREDICTIONS}?a=b")

    assert status == 308
    assert headers["Location"] == f"https://{HOST}{PREDICTIONS}?a=b"


def test_who_asks_for_another_host_gets_neither_page_nor_certificate(site: Site) -> None:
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        site.nginx.ask_plainly("GET", "/", "elsewhere.example")
    with pytest.raises(ssl.SSLError, match=r"(?i)unrecognized.name"):
        site.nginx.connect("elsewhere.example")


def test_the_proof_for_a_certificate_is_served_over_plain_http(site: Site) -> None:
    folder = site.nginx.folder / "acme" / ".well-known" / "acme-challenge"
    folder.mkdir(parents=True)
    (folder / "token").write_text("proof", "ascii")

    answer = site.nginx.ask_plainly("GET", "/.well-known/acme-challenge/token")

    assert answer[2] == b"proof"


def test_an_operator_signs_in_and_is_known_by_the_own_address(site: Site) -> None:
    visitor = Visitor(site.nginx, source="127.0.0.9", X_Forwarded_For="192.0.2.1")

    visitor.send_form("/sign-in", name="operator", password=PASSWORD)
    status, _ = visitor.get("/admin/runs")

    database = Database(site.database_url)
    with database.reading() as session:
        addresses = session.scalars(
            select(AuditLine.address).where(AuditLine.person == "operator")
        ).all()
    database.close()
    assert status == 200
    assert set(visitor.cookies) == {"__Host-net_session", "net_browser"}
    for attributes in visitor.attributes.values():
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= attributes
    assert set(addresses) == {"127.0.0.9"}


def test_events_arrive_while_the_training_goes_on(site: Site) -> None:
    run = make_run(site.models, status="running", epochs=1)
    visitor = Visitor(site.nginx)
    visitor.send_form("/sign-in", name="operator", password=PASSWORD)
    connection = http.client.HTTPConnection(HOST)
    connection.sock = site.nginx.connect()

    with held(run.folder):
        headers = {"Cookie": visitor.cookie_header}
        connection.request("GET", f"/admin/runs/{run.folder.name}/events", headers=headers)
        answer = connection.getresponse()
        first = _next_event(answer, "epochs")
        add_epoch(run.folder, 2)  # only after the first event has come
        second = _next_event(answer, "epochs")
    connection.close()

    assert [epoch["epoch"] for epoch in first["epochs"]] == [1]
    assert [epoch["epoch"] for epoch in second["epochs"]] == [2]


def _next_event(answer: http.client.HTTPResponse, name: str) -> dict[str, Any]:
    while line := answer.readline():
        if line == f"event: {name}\n".encode():
            event: dict[str, Any] = json.loads(answer.readline().removeprefix(b"data: "))
            return event
    raise AssertionError("the stream has ended")


def test_half_sent_requests_never_reach_the_app_and_delay_nobody(
    site: Site, seven: dict[str, Any]
) -> None:
    head = f"POST {PREDICTIONS} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 500\r\n\r\n{{"
    with ExitStack() as stack:
        for _ in range(50):
            stack.enter_context(site.nginx.connect()).sendall(head.encode())
        answers = [site.nginx.ask("POST", PREDICTIONS, seven)[0] for _ in range(20)]

    assert answers == [200] * 20


def test_a_picture_as_large_as_may_be_reaches_the_app(site: Site) -> None:
    content_type = "multipart/form-data; boundary=cut"
    picture = as_file(paper(), "png")
    large = _form(picture + b"\0" * (9_500_000 - len(picture)))

    small_answer = site.nginx.ask(
        "POST", f"{PREDICTIONS}/image", _form(picture), Content_Type=content_type
    )
    large_answer = site.nginx.ask("POST", f"{PREDICTIONS}/image", large, Content_Type=content_type)

    assert small_answer[0] == 200
    # Whatever the app makes of it: it was the app that answered.
    assert large_answer[1]["X-Request-ID"]


def test_what_is_too_large_for_nginx_is_refused_in_the_form_of_the_api(site: Site) -> None:
    status, headers, body = site.nginx.ask("POST", PREDICTIONS, b"x" * 12_000_000)

    assert (status, headers["Content-Type"]) == (413, "application/problem+json")
    assert json.loads(body)["status"] == 413
    assert headers["Retry-After"] is None


@pytest.mark.parametrize("path", ["/metrics", "/net-errors/away.html"])
def test_what_is_for_keepers_alone_is_not_served(site: Site, path: str) -> None:
    assert site.nginx.ask("GET", path)[0] == 404


@pytest.mark.parametrize(
    "path", ["/set-up/s3cret-token", "//set-up/s3cret-token", "/%73et-up/s3cret-token"]
)
def test_links_that_let_somebody_in_are_in_no_log(site: Site, path: str) -> None:
    site.nginx.ask("GET", path)

    assert "s3cret-token" not in site.nginx.access_log
    assert "s3cret-token" not in (site.nginx.folder / "error.log").read_text("utf-8")


def test_versioned_files_may_be_kept_for_ever_and_pages_not(site: Site) -> None:
    page = site.nginx.ask("GET", "/")[2].decode()
    path = next(part for part in page.split('"') if part.endswith("/drawing-page.css"))

    files = [
        site.nginx.ask("GET", path, Accept_Encoding=one) for one in ("gzip", "identity", "gzip")
    ]

    assert {headers["Cache-Control"] for _, headers, _ in files} == {
        "public, max-age=31536000, immutable"
    }
    assert [headers["Content-Encoding"] for _, headers, _ in files] == ["gzip", None, "gzip"]
    assert site.nginx.ask("GET", "/")[1]["Cache-Control"] == "no-cache"


def test_no_connection_becomes_a_web_socket(site: Site) -> None:
    status, _, _ = site.nginx.ask(
        "GET", "/", Upgrade="websocket", Connection="Upgrade", Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
    )  # fmt: skip

    assert status == 200
