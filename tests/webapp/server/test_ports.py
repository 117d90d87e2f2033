"""A port that is taken is said in one sentence, with the way out of it."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from webapp.server.ports import why_not

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.gunicorn
@pytest.mark.parametrize(
    ("module", "setting", "way_out"),
    [
        ("gunicorn", "NET_BIND", "NET_BIND=127.0.0.1:9000"),
        ("webapp.server.side_by_side", "PORT", "PORT=9000 make run"),
    ],
)
def test_a_port_that_is_taken_is_named(
    tmp_path: Path, module: str, setting: str, way_out: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", module],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, "NET_INSTANCE_DIR": str(tmp_path),
                 setting: f"127.0.0.1:{port}" if setting == "NET_BIND" else str(port)},
        )  # fmt: skip

    assert done.returncode == 1
    assert f"Nét cannot start: port {port} is taken by another program" in done.stderr
    assert way_out in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:99999", "it cannot listen at 127.0.0.1:99999: bind(): port must be 0-65535."),
        ("127.0.0.1:http", "it cannot listen at 127.0.0.1:http: 'http' is not a valid port number"),
        ("::1:80", "'' is not a valid port number"),
        ("unix:/run/net.sock", "None"),
        ("fd://3", "None"),
    ],
)
def test_an_address_that_is_none_is_said(
    monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.setattr(os, "environ", {})

    assert said in str(why_not([address], "NET_BIND"))


def test_a_port_for_root_alone_is_called_privileged(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "environ", {})
    monkeypatch.setattr(socket.socket, "bind", refuse)

    sentences = []
    for address in ("127.0.0.1:80", "0.0.0.0", "[::1]"):
        monkeypatch.setattr(os, "environ", {})
        sentences.append(why_not([address], "NET_BIND"))

    assert sentences == [
        "port 80 is a privileged port; choose one above 1023: NET_BIND=127.0.0.1:9000",
        "port 8000 is a privileged port; choose one above 1023: NET_BIND=0.0.0.0:9000",
        "port 8000 is a privileged port; choose one above 1023: NET_BIND=[::1]:9000",
    ]
