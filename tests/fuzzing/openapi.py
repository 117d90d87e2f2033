"""Schemathesis over the OpenAPI document: all its checks, one request and chains of them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.serving.server import LOG_FILE, serving

SETTINGS = Path(__file__).with_name("schemathesis.toml")


def command(port: int, examples: int, seed: int) -> Sequence[str]:
    """The words that ask a server on this machine.

    Args:
        port: of the server.
        examples: of each operation and phase.
        seed: of what is sent.
    """
    program = str(Path(sys.executable).with_name("schemathesis"))
    return [
        program, "--config-file", str(SETTINGS),
        "run", f"http://127.0.0.1:{port}/api/v1/openapi.json",
        "--checks", "all", "--max-examples", str(examples), "--seed", str(seed),
        "--generation-database", "none", "--no-color",
    ]  # fmt: skip


def ask(examples: int, seed: int) -> bool:
    """Ask a server of our own and print what schemathesis says; whether nothing was wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(2, folder, NET_CORRECTIONS_A_MINUTE=10_000) as server:
            asked = subprocess.run(command(server.port, examples, seed), cwd=folder, check=False)
        log = (folder / LOG_FILE).read_text()
    print(f"tracebacks in the server's log: {log.count('Traceback')}")
    return asked.returncode == 0 and "Traceback" not in log
