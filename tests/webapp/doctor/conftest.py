"""A server to examine: its environment, and what the doctor's command says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from webapp.__main__ import main
from webapp.storage.database import Database


@dataclass(frozen=True)
class Report:
    """What the doctor said: the exit status, and by part the states and sentences."""

    status: int
    states: dict[str, str]
    said: dict[str, str]

    def about(self, part: str) -> tuple[str, str]:
        return self.states[part], self.said[part]


Examine = Callable[..., Report]


@pytest.fixture
def examine(tmp_path: Path, released_models: Path, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Examines a server: ``examine(NET_LIMITS_URL=…)``; of a part's findings the worst counts."""

    def run(**settings: object) -> Report:
        environment = {
            "NET_INSTANCE_DIR": tmp_path / "instance", "NET_MODELS_DIR": released_models, **settings
        }  # fmt: skip
        for name, value in environment.items():
            monkeypatch.setenv(name, str(value))
        answer = CliRunner().invoke(main, ["doctor", "--json"])
        worse = ("good", "warning", "bad").index
        findings = sorted(
            json.loads(answer.output)["findings"], key=lambda one: worse(one["state"])
        )
        return Report(
            answer.exit_code,
            {one["part"]: one["state"] for one in findings},
            {one["part"]: f"{one['said']} → {one['advice']}" for one in findings},
        )

    return run


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """The server's SQLite, with its tables."""
    database = Database(f"sqlite:///{tmp_path}/instance/net.sqlite3")
    database.prepare()
    database.close()
    return database
