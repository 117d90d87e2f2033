"""Killing the web server changes nothing for the jobs it has taken on."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.jobs import noting_worker
from tests.webapp.jobs.workshop import TINY, Workshop
from webapp.accounts.passwords import hash_password
from webapp.accounts.users import add_user

PASSWORD = "an operator's pen"

pytestmark = [pytest.mark.slow, pytest.mark.gunicorn]


class Browser:
    """Signs in and sends forms, with the cookies and tokens that a browser would have."""

    def __init__(self, address: str) -> None:
        self._address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def send(self, page: str, path: str, **fields: object) -> str:
        """Open a page, send a form of its kind; the address where that leads to."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self._open(page).read().decode())
        assert token
        body = urllib.parse.urlencode({"csrf_token": token[1], **fields}).encode()
        return str(self._open(path, body).url)

    def _open(self, path: str, body: bytes | None = None) -> http.client.HTTPResponse:
        headers = {"Accept": "text/html", "Referer": self._address, "Origin": self._address}
        request = urllib.request.Request(self._address + path, body, headers)
        return self._opener.open(request, timeout=60)  # type: ignore[no-any-return]


def test_a_job_outlives_the_web_server_that_took_it(workshop: Workshop, tmp_path: Path) -> None:
    _add_operator(workshop)
    server = GunicornServer(tmp_path, NET_WORKERS=1, **workshop.settings)
    server.wait_until(server.is_up)
    browser = Browser(f"http://127.0.0.1:{server.port}")
    browser.send("/sign-in", "/sign-in", name="operator", password=PASSWORD)
    leads_to = browser.send("/admin/training/new", "/admin/training", recipe="dense-512", **TINY)

    _kill_with_its_children(server.process)
    workshop.start_worker(noting_worker.__file__)
    workshop.wait_until(lambda: workshop.book.count(["queued", "running"]) == 0)

    (job,) = workshop.book.list()
    assert leads_to.endswith(f"/jobs/{job.id}")
    assert (job.kind, job.state, job.submitted_by) == ("train", "finished", "operator")


def _add_operator(workshop: Workshop) -> None:
    with workshop.database.session() as session:
        add_user(session, "operator", "operator", hash_password(PASSWORD, "operator"))


def _kill_with_its_children(process: subprocess.Popen[bytes]) -> None:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for pid in (process.pid, *map(int, children)):
        os.kill(pid, signal.SIGKILL)
    process.wait()
