"""docs/threat-model.md: every test that it names exists, and every row names one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCUMENT)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))

    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_threat_names_the_test_that_shows_it() -> None:
    rows = [line for line in DOCUMENT.splitlines() if line.startswith("| ")]
    threats = [row for row in rows if not row.startswith(("| they try", "| it tries"))]

    assert len(threats) > 30
    assert [row for row in threats if "::test_" not in row] == []
