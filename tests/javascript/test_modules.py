"""The modules that need no page keep their promises, says Node's own test runner."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
OLDEST = (20, 19)  # the first that takes the pages' .js files for modules


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_javascript_modules_keep_their_promises(path: Path) -> None:
    node = _node()

    result = subprocess.run([node, str(path)], capture_output=True, text=True, timeout=60)

    assert result.returncode == 0, result.stdout + result.stderr


@cache
def _node() -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node.js")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    major, minor = version.strip().removeprefix("v").split(".")[:2]
    if (int(major), int(minor)) < OLDEST:
        pytest.skip(f"Node.js {version.strip()} is older than {OLDEST}")
    return node
