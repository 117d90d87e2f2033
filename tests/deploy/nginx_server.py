"""A real nginx with the configuration that operators copy, on free ports of this machine."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HOST = "net.example.org"
PATIENCE_SECONDS = 60

_MAIN = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log notice;
{user}
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    {temporary}
    include {folder}/net.conf;
}}
"""


class NginxServer:
    """An nginx in front of one Unix socket; only ports and paths of its configuration are ours."""

    def __init__(self, folder: Path, upstream: str) -> None:
        """Write the configuration and make a certificate.

        Args:
            folder: an empty one.
            upstream: the lines of ``upstream.conf``.
        """
        self.folder = folder
        self.port, self.plain_port = _free_port(), _free_port()
        (folder / "tls").mkdir()
        _make_certificate(folder / "tls")
        for file in ("proxy.conf", "away.html"):
            shutil.copy(ROOT / "deploy" / "nginx" / file, folder)
        (folder / "upstream.conf").write_text(upstream, "utf-8")
        (folder / "net.conf").write_text(self._adapted(), "utf-8")
        self.main = folder / "nginx.conf"
        temporary = "\n".join(
            f"{name}_temp_path {folder}/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
        self.main.write_text(_MAIN.format(folder=folder, user=user, temporary=temporary), "utf-8")

    def check(self) -> subprocess.CompletedProcess[str]:
        """What ``nginx -t`` says."""
        return subprocess.run(
            ["nginx", "-t", "-c", self.main], capture_output=True, text=True, check=False
        )

    def start(self) -> None:
        """Start and wait until it answers."""
        self.process = subprocess.Popen(
            ["nginx", "-c", self.main], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self.process.poll() is None, (self.folder / "error.log").read_text("utf-8")
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def stop(self) -> None:
        """Stop at once."""
        self.process.terminate()
        self.process.wait(timeout=PATIENCE_SECONDS)

    @property
    def access_log(self) -> str:
        return (self.folder / "access.log").read_text("utf-8")

    def connect(self, host: str = HOST, source: str = "127.0.0.1") -> ssl.SSLSocket:
        """A TLS connection that asks for this host, from this address of our own."""
        context = ssl.create_default_context(cafile=str(self.folder / "tls" / "fullchain.pem"))
        plain = socket.create_connection(
            ("127.0.0.1", self.port), timeout=PATIENCE_SECONDS, source_address=(source, 0)
        )
        try:
            return context.wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise

    def ask(
        self, method: str, path: str, body: Any = None, source: str = "127.0.0.1", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask over HTTPS on a connection of its own."""
        connection = http.client.HTTPConnection(HOST, timeout=PATIENCE_SECONDS)
        connection.sock = self.connect(source=source)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, {"Host": HOST, **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def ask_plainly(
        self, method: str, path: str, host: str = HOST
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask over plain HTTP."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.plain_port, timeout=PATIENCE_SECONDS
        )
        with closing(connection):
            connection.request(method, path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def _adapted(self) -> str:
        text = (ROOT / "deploy" / "nginx" / "net.conf").read_text("utf-8")
        for ours, theirs in {
            "listen [::]:80": "# listen [::]:80",
            "listen [::]:443": "# listen [::]:443",
            "listen 80": f"listen 127.0.0.1:{self.plain_port}",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "/etc/nginx/net/": f"{self.folder}/",
            "/etc/net/tls": f"{self.folder}/tls",
            "/var/cache/nginx/net": f"{self.folder}/cache",
            "/var/log/nginx": str(self.folder),
            "/var/www/acme": f"{self.folder}/acme",
        }.items():
            assert ours in text, f"{ours} is not in net.conf any more"
            text = text.replace(ours, theirs)
        return text


def is_installed() -> bool:
    """Whether there is an nginx to start."""
    return shutil.which("nginx") is not None


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
