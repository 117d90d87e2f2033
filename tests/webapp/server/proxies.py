"""Real proxies before a server, as plain as can be: they share connections and hold nothing."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_SECONDS = 60
_HAPROXY = """
defaults
    mode http
    option http-keep-alive
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend door
    bind 127.0.0.1:{port}
    default_backend app
backend app
    http-reuse always
    server app 127.0.0.1:{upstream}
"""
_NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
{user}
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream app {{ server 127.0.0.1:{upstream} max_fails=0; keepalive 1; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://app;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_request_buffering off;
        }}
    }}
}}
"""


class Proxy:
    """A process that listens on a port of its own; ``connect`` leads there."""

    def __init__(self, folder: Path, upstream: int, template: str, command: list[str]) -> None:
        self.port = _free_port()
        file = folder / "proxy.conf"
        user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
        text = template.format(folder=folder, port=self.port, upstream=upstream, user=user)
        file.write_text(text, "utf-8")
        with (folder / "output").open("wb") as output:
            self.process = subprocess.Popen([*command, file], stdout=output, stderr=output)
        _wait_until(self._listens)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)

    def _listens(self) -> bool:
        assert self.process.poll() is None
        try:
            self.connect().close()
        except OSError:
            return False
        return True


def haproxy(folder: Path, upstream: int) -> Proxy:
    """A HAProxy that gives any client's request to any connection that it has (``http-reuse``)."""
    return Proxy(folder, upstream, _HAPROXY, ["haproxy", "-db", "-f"])


def plain_nginx(folder: Path, upstream: int) -> Proxy:
    """An nginx that passes bodies on as they come, over one connection that it keeps."""
    return Proxy(folder, upstream, _NGINX, ["nginx", "-c"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
