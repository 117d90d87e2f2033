"""What the API does is what its OpenAPI document says, whatever is sent: schemathesis asks."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.fuzzing.openapi import command
from tests.webapp.faults.conftest import Serve

pytestmark = pytest.mark.gunicorn


def test_the_api_does_what_its_document_says(serve: Serve, tmp_path: Path) -> None:
    server = serve(NET_WORKERS=1, NET_CORRECTIONS_A_MINUTE=10_000)

    asked = subprocess.run(
        command(server.port, examples=4, seed=1),
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert asked.returncode == 0, asked.stdout
    (selected, total) = re.search(
        r"Operations: +(\d+) selected / (\d+) total", asked.stdout
    ).groups()
    assert int(selected) == int(total) > 6
    assert "Traceback" not in server.log
