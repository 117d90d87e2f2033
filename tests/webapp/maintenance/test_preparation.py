"""``python -m webapp prepare`` and ``downgrade``: before a version serves, or an older one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy

from recognizer.runs.folder import verify
from recognizer.runs.pointer import read_current
from tests.webapp.maintenance.conftest import Host
from webapp.configuration import REPOSITORY
from webapp.maintenance import preparation
from webapp.storage.engine import make_engine


def _tables(host: Host) -> set[str]:
    engine = make_engine(host.database_url)
    names = set(sqlalchemy.inspect(engine).get_table_names())
    engine.dispose()
    return names


def _sqlite_host(folder: Path) -> Host:
    return Host(folder, f"sqlite:///{folder / 'instance' / 'net.sqlite3'}")


def _start(host: Host, *arguments: str) -> subprocess.Popen[str]:
    given = {name: value for name, value in host.settings.items() if value is not None}
    inherited = {name: value for name, value in os.environ.items() if "NET_" not in name}
    command = [sys.executable, "-m", "webapp", *arguments]
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=inherited | given, stderr=subprocess.PIPE, text=True
    )


def test_several_servers_prepare_an_empty_place_at_once(tmp_path: Path) -> None:
    host = _sqlite_host(tmp_path)

    servers = [_start(host, "prepare") for _ in range(3)]
    answers = [server.communicate()[1] for server in servers]

    served = read_current(host.models)
    assert [server.returncode for server in servers] == [0, 0, 0], answers
    assert served == read_current(REPOSITORY / "models")
    assert verify(host.models / served)
    assert "users" in _tables(host)


def test_the_run_that_is_served_stays_when_a_new_version_brings_another(tmp_path: Path) -> None:
    host = _sqlite_host(tmp_path)
    host.models.mkdir()
    (host.models / "current").write_text("my-own", "ascii")

    done = host.run("prepare")

    assert done.exit_code == 0, done.stderr
    assert read_current(host.models) == "my-own"
    assert verify(host.models / read_current(REPOSITORY / "models"))


def test_the_database_is_waited_for_and_then_its_absence_is_told(tmp_path: Path) -> None:
    host = Host(tmp_path, "postgresql://net:s3cret@127.0.0.1:9/net")

    done = host.run("prepare", "--wait", "1")

    assert done.exit_code == 1
    assert "the database cannot be prepared" in done.stderr
    assert "s3cret" not in done.stderr


def test_an_older_version_finds_the_tables_that_it_knows(host: Host) -> None:
    before = _tables(host)

    done = host.run("downgrade", "--yes", "0001")

    assert done.exit_code == 0, done.stderr
    assert "users" in _tables(host)
    assert "jobs" in before - _tables(host)
    assert host.users() == ["an"]  # and whoever connects next brings the rest again


def test_a_database_that_is_away_cannot_go_back_and_is_told(tmp_path: Path) -> None:
    host = Host(tmp_path, "postgresql://net:s3cret@127.0.0.1:9/net")

    done = host.run("downgrade", "--yes", "0001")

    assert done.exit_code == 1
    assert done.stderr.startswith("Error: the database cannot go back to '0001'")
    assert "s3cret" not in done.stderr


def test_a_released_run_that_is_damaged_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code" / "models" / "gone").mkdir(parents=True)
    (tmp_path / "code" / "models" / "current").write_text("gone", "ascii")
    monkeypatch.setattr(preparation, "REPOSITORY", tmp_path / "code")

    done = _sqlite_host(tmp_path).run("prepare")

    assert done.exit_code == 1
    assert "the run of this version cannot be served" in done.stderr


def test_a_revision_that_is_none_is_told(host: Host) -> None:
    done = host.run("downgrade", "--yes", "9999")

    assert done.exit_code == 1
    assert "9999" in done.stderr
    assert "Traceback" not in done.stderr
