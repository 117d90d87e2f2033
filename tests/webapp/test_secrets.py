"""A real first start, a person at work, and trouble: no secret lies open and none is in the log."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.form_browser import FormBrowser

pytestmark = pytest.mark.gunicorn

PASSWORD = "correct horse battery staple"
WRONG_PASSWORD = "wrong horse battery staple"


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., GunicornServer]]:
    servers: list[GunicornServer] = []

    def start(**settings: object) -> GunicornServer:
        servers.append(
            GunicornServer(
                tmp_path, is_first_start=True, NET_WORKERS=1, NET_LOG_LEVEL="debug",
                **{"NET_MODELS_DIR": tmp_path / "models", **settings},
            )
        )  # fmt: skip
        servers[-1].wait_until(servers[-1].is_up)
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def test_a_first_start_and_a_person_at_work_leave_no_secret_open(
    serve: Callable[..., GunicornServer], tmp_path: Path
) -> None:
    server = serve()
    link = next(json.loads(line)["link"] for line in server.log.splitlines() if '"link"' in line)
    path = link.partition(str(server.port))[2]
    browser, stranger = FormBrowser(server), FormBrowser(server)

    made = browser.send(path, name="an", password=PASSWORD, repeat=PASSWORD)
    wrong = stranger.send("/sign-in", name="binh", password=WRONG_PASSWORD)
    added = browser.send("/admin/people/add", "/admin/people", name="cuc", role="viewer")
    handed_on = re.search(r'value="[^"]+/set-up/([^"/]+)"', browser.open(browser.location))
    browser.open(f"/nothing?token={PASSWORD.replace(' ', '-')}")

    folder = tmp_path / "instance"
    modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in folder.iterdir()}
    assert (made, wrong, added) == (303, 401, 303)
    assert handed_on
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {modes["secret-key"], modes["net.sqlite3"]} == {0o600}
    secrets = {
        PASSWORD,
        PASSWORD.replace(" ", "-"),
        WRONG_PASSWORD,
        handed_on[1],
        (folder / "secret-key").read_text(),
        *browser.seen,
        *stranger.seen,
    }
    assert len(secrets) > 5
    # The first link is in the log by design: once, and of no use once it has been used.
    log = server.log
    assert log.count(path) == 1
    assert [secret for secret in secrets if secret in log] == []


def test_no_failure_writes_a_password_or_a_drawing_into_the_log(
    serve: Callable[..., GunicornServer], tmp_path: Path
) -> None:
    secret = "s3cret-of-a-server"
    server = serve(
        NET_DATABASE_URL=f"postgresql://net:{secret}@127.0.0.1:1/net",
        NET_LIMITS_URL=f"redis://:{secret}@127.0.0.1:1/1",
        NET_SECRET_KEY=secret * 3,
        NET_ADMIN_PASSWORD=secret,
    )
    drawing: dict[str, Any] = {"strokes": [{"x": [424242.5] * 3, "y": [424242.5, "424242", 1]}]}

    statuses = [
        server.ask("POST", "/api/v1/predictions", drawing)[0],
        server.ask("POST", "/api/v1/predictions", {"strokes": [{"x": [424242], "y": [1]}]})[0],
        server.ask("POST", "/api/v1/corrections", {"drawing": drawing, "label": "424242"})[0],
        server.ask("GET", "/sign-in", Cookie=f"net_session={secret}", Authorization=secret)[0],
        server.ask("GET", "/metrics", Cookie=f"net_session={secret}")[0],
        server.ask("GET", "/readyz")[0],
    ]
    server.wait_until(lambda: "database" in server.ask("GET", "/readyz")[2].decode())

    assert statuses == [422, 503, 422, 503, 200, 503]
    assert secret not in server.log
    assert "424242" not in server.log
