"""``python -m webapp prepare`` and ``doctor`` where there is a store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from recognizer.runs.pointer import read_current
from tests.s3_server import running_s3_server
from tests.webapp.maintenance.conftest import Host
from webapp.configuration import REPOSITORY


@dataclass(frozen=True)
class Machine(Host):
    """A server that has its runs from a store."""

    store: str

    @property
    def settings(self) -> dict[str, str | None]:
        return {**super().settings, "NET_MODELS_STORE": self.store}

    def about_the_store(self) -> tuple[str, str]:
        findings = json.loads(self.run("doctor", "--json").output)["findings"]
        (found,) = [one for one in findings if one["part"] == "store"]
        return found["state"], found["said"]


def _machine(folder: Path, store: str) -> Machine:
    folder.mkdir()
    return Machine(folder, f"sqlite:///{folder / 'instance' / 'net.sqlite3'}", store)


def test_the_first_machine_fills_an_empty_store_and_the_next_one_serves_from_it(
    tmp_path: Path, released_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = read_current(REPOSITORY / "models")
    with running_s3_server(tmp_path) as s3:
        for name, value in s3.environment.items():
            monkeypatch.setenv(name, value)
        first, second = (_machine(tmp_path / name, s3.address) for name in ("first", "second"))

        empty = first.about_the_store()
        filled = first.run("prepare")
        behind = second.about_the_store()
        fetched = second.run("prepare")
        equal = second.about_the_store()
    away = second.about_the_store()

    assert (filled.exit_code, fetched.exit_code) == (0, 0), filled.stderr + fetched.stderr
    assert read_current(second.models) == released
    assert empty == ("warning", f"{s3.address} names no run")
    assert behind == ("warning", f"{s3.address} names {released}, this machine serves none")
    assert equal == ("good", f"{s3.address} names {released}, which is served here")
    assert away[0] == "bad"
