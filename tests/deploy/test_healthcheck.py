"""A container's health is asked for where its server listens."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "healthcheck.py"


@pytest.mark.parametrize(
    ("bind", "host", "port"),
    [
        ("0.0.0.0:8000", "127.0.0.1", 8000),
        ("127.0.0.1:9000,unix:/x", "127.0.0.1", 9000),
        ("10.1.2.3:80", "10.1.2.3", 80),
        ("[::]:80", "::1", 80),
        ("[::1]:80", "::1", 80),
        ("0.0.0.0", "127.0.0.1", 8000),
        ("[::1]", "::1", 8000),
        ("unix:/run/net/web.sock,0.0.0.0:8000", "/run/net/web.sock", 80),
    ],
)
def test_it_is_asked_where_the_server_listens(bind: str, host: str, port: int) -> None:
    connection = runpy.run_path(str(SCRIPT))["connection_to"](bind)

    assert (connection.host, connection.port, connection.timeout is not None) == (host, port, True)
