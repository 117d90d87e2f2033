"""Somebody with a browser, as far as forms and cookies go, who comes through nginx."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.deploy.nginx_server import HOST, NginxServer

Answer = tuple[int, str]


class Visitor:
    """Keeps cookies; comes from an address of this machine's own."""

    def __init__(self, nginx: NginxServer, source: str = "127.0.0.1", **headers: str) -> None:
        self._nginx = nginx
        self._source = source
        self._headers = headers
        self.cookies: dict[str, str] = {}
        self.attributes: dict[str, set[str]] = {}  # of each cookie, as it was set last

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def send_form(self, path: str, page: str | None = None, **fields: str) -> Answer:
        """Load a page, by default the path itself, and send its form with the token in it."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page or path)[1])
        assert found, f"there is no form at {page or path}"
        body = urlencode({"csrf_token": found[1], **fields}).encode()
        return self._ask("POST", path, body, Content_Type="application/x-www-form-urlencoded")

    def _ask(self, method: str, path: str, body: bytes | None, **headers: str) -> Answer:
        given = {"Cookie": self.cookie_header, "Referer": f"https://{HOST}{path}"}
        status, answered, content = self._nginx.ask(
            method, path, body, source=self._source, **given, **headers, **self._headers
        )
        for line in answered.get_all("Set-Cookie", []):
            _, *attributes = line.split("; ")
            for name, one in SimpleCookie(line).items():
                self.cookies[name] = one.value
                self.attributes[name] = set(attributes)
        return status, content.decode("utf-8", "replace")
