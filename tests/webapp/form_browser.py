"""A browser without a screen: opens pages of a real server and sends their forms."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.gunicorn_server import GunicornServer

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class FormBrowser:
    """Keeps the cookie, and sends forms with their token."""

    def __init__(self, server: GunicornServer) -> None:
        self._server = server
        self.seen: set[str] = set()  # every cookie and token there was
        self.cookie = ""
        self.location = ""  # where the last form led

    def open(self, path: str) -> str:
        _, headers, page = self._server.ask("GET", path, Cookie=self.cookie, Accept="*/*")
        self._keep(headers)
        return page.decode()

    def send(self, path: str, page: str = "", **fields: object) -> int:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.open(page or path))
        assert found
        self.seen.add(found[1])
        body = urlencode({"csrf_token": found[1], **fields}).encode()
        status, headers, _ = self._server.ask("POST", path, body, Cookie=self.cookie, **FORM)
        self._keep(headers)
        self.location = headers.get("Location", "")
        return status

    def _keep(self, headers: dict[str, str]) -> None:
        for morsel in SimpleCookie(headers.get("Set-Cookie", "")).values():
            self.cookie = f"{morsel.key}={morsel.value}"
            self.seen.add(morsel.value)
