"""``requirements/audit.py`` says what it could not find out, and fails only for what it found."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "requirements" / "audit.py"
PINNED = re.compile(r"^([\w.\[\],-]+==[\w.+!-]+)", re.MULTILINE)  # whatever its marker says
SOUND = {"name": "flask", "version": "3.0.0", "vulns": []}
WEAK = {
    "name": "leaky",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}],
}
UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI"}


@pytest.fixture
def audit() -> ModuleType:
    specification = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def answer_with(audit: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has pip-audit answer so, one list a question; None: it ends without an answer."""

    def prepare(*answers: list[dict[str, Any]] | None) -> None:
        texts = [
            "" if found is None else json.dumps({"dependencies": found, "fixes": []})
            for found in answers
        ]
        questions = iter(texts)
        monkeypatch.setattr(
            audit.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=next(questions))
        )

    return prepare


def test_a_known_weakness_fails_with_the_version_that_mends_it(
    audit: ModuleType, answer_with: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answer_with([SOUND], [SOUND, WEAK, UNKNOWN])

    assert audit.main((Path("serve.txt"),)) == 1
    told = capsys.readouterr().out
    assert "2 versions audited, 1 findings" in told
    assert "leaky 1.0: PYSEC-2026-1, mended in 1.1" in told
    assert "not known there: ours" in told


def test_nothing_known_against_any_list_passes(
    audit: ModuleType, answer_with: Callable[..., None]
) -> None:
    answer_with([SOUND], [SOUND], [UNKNOWN])

    assert audit.main((Path("a.txt"), Path("b.txt"))) == 0


@pytest.mark.parametrize("probe", [None, [UNKNOWN]])
def test_a_database_that_knows_nothing_is_asked_once_and_told(
    audit: ModuleType, answer_with: Callable[..., None],
    capsys: pytest.CaptureFixture[str], probe: list[dict[str, Any]] | None,
) -> None:  # fmt: skip
    answer_with(probe)

    assert audit.main() == 0
    assert "no version was audited" in capsys.readouterr().out


def test_a_machine_without_a_network_goes_on() -> None:
    environment = {**os.environ, "HTTPS_PROXY": "http://127.0.0.1:1"}

    answer = subprocess.run(
        [sys.executable, SCRIPT], env=environment, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 0
    assert "cannot reach the advisory database" in answer.stdout


def test_every_pinned_version_is_one_that_is_tested_and_audited(audit: ModuleType) -> None:
    lists = [SCRIPT.parents[1] / "requirements.txt", *SCRIPT.parent.glob("*.txt")]
    pinned = {path.name: set(PINNED.findall(path.read_text("utf-8"))) for path in lists}
    audited = set.union(*(pinned[path.name] for path in audit.FILES))

    assert {name: versions - audited for name, versions in pinned.items()} == {
        name: set() for name in pinned
    }
