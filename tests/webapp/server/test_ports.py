"""A port that is taken is said in one sentence, with the way out of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.gunicorn
@pytest.mark.parametrize("module", ["gunicorn", "webapp.server.side_by_side"])
def test_a_port_that_is_taken_is_named(tmp_path: Path, module: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", module],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, "NET_BIND": f"127.0.0.1:{port}", "NET_INSTANCE_DIR": str(tmp_path)},
        )  # fmt: skip

    assert done.returncode == 1
    assert f"Nét cannot start: port {port} is taken by another program" in done.stderr
    assert "PORT=9000 make run" in done.stderr
    assert "Traceback" not in done.stderr
