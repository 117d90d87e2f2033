"""A back-up that cannot be put back changes nothing; a process that is killed leaves nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recognizer.runs.folder import verify
from recognizer.runs.pointer import read_current
from tests.webapp.maintenance.conftest import Host
from webapp.maintenance import archive
from webapp.storage.migration import last_revision

MOMENTS = [  # a command, and what it is killed before, in order; see kill_at
    ("backup", "open", "/draft"),
    ("backup", "open", "/database"),
    ("backup", "open", "/model.onnx"),
    ("backup", "os.link", "/killed.tar.gz"),
    ("restore", "open", "/content/database"),
    ("restore", "open", "/content/models"),
    ("restore", "os.rename", "/aside/served"),
    ("restore", "os.rename", "/models/served"),
    ("restore", "os.rename", "/instance/secret-key"),
]


def state_of(host: Host) -> dict[str, object]:
    """Everything that a restore may replace; files by their content."""
    files = {
        str(path.relative_to(host.folder)): path.read_bytes()
        for folder in (host.models, host.instance)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("net.sqlite3")
    }
    return {"files": files, "users": host.users()}


def left_overs(*folders: Path) -> list[str]:
    return [path.name for folder in folders for path in folder.glob(".*")]


@contextmanager
def changed(backup: Path, folder: Path) -> Iterator[Path]:
    """The content of a back-up, packed again afterwards as ``changed.tar.gz`` with checksums."""
    content = folder / "content"
    with tarfile.open(backup) as tar:
        tar.extractall(content, filter="data")
    yield content
    manifest = json.loads((content / archive.MANIFEST).read_text())
    (content / archive.MANIFEST).unlink()
    with archive.writing_archive(folder / "changed.tar.gz", folder / "draft") as written:
        for path in sorted(path for path in content.rglob("*") if path.is_file()):
            written.add(path, path.relative_to(content).as_posix())
        written.close({key: manifest[key] for key in ("made", "database")})
    shutil.rmtree(content)


@pytest.fixture
def backup(host: Host, tmp_path: Path) -> Path:
    """A back-up of the server, which has changed since."""
    path = tmp_path / "backup.tar.gz"
    done = host.run("backup", path)
    assert done.exit_code == 0, done.stderr
    host.add_user("binh")
    (host.instance / "secret-key").write_text("a later key", "ascii")
    return path


def set_revision(host: Host, revision: str) -> None:
    if host.database_url.startswith("sqlite"):
        with sqlite3.connect(host.instance / "net.sqlite3") as database:
            database.execute("UPDATE alembic_version SET version_num = ?", [revision])
    else:
        statement = f"UPDATE alembic_version SET version_num = '{revision}'"
        subprocess.run(["psql", "-q", host.database_url, "-c", statement], check=True)


def test_a_back_up_of_a_newer_version_is_refused_and_nothing_changes(
    host: Host, tmp_path: Path
) -> None:
    set_revision(host, "9001")
    newer = tmp_path / "newer.tar.gz"
    assert host.run("backup", newer).exit_code == 0
    set_revision(host, last_revision())
    host.add_user("binh")
    (host.instance / "secret-key").write_text("a later key", "ascii")
    before = state_of(host)

    done = host.run("restore", "--yes", newer)

    assert done.exit_code == 1
    assert "9001" in done.stderr
    assert "newer version" in done.stderr
    assert state_of(host) == before


def test_a_served_run_that_is_damaged_in_the_back_up_is_refused(
    host: Host, backup: Path, tmp_path: Path
) -> None:
    with changed(backup, tmp_path) as content:
        (content / "models" / read_current(host.models) / "model.onnx").write_bytes(b"damaged")
    before = state_of(host)

    done = host.run("restore", "--yes", tmp_path / "changed.tar.gz")

    assert (done.exit_code, state_of(host)) == (1, before)
    assert "model.onnx" in done.stderr


def test_a_database_that_cannot_be_upgraded_comes_back(
    host: Host, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_of(host)
    from webapp.storage.database import Database, DatabaseAwayError

    def refuse(self: Database) -> None:
        raise DatabaseAwayError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "prepare", refuse)
        done = host.run("restore", "--yes", backup)

    assert (done.exit_code, "the disk is full" in done.stderr) == (1, True)
    assert state_of(host) == before


def test_a_step_that_fails_late_undoes_those_before_it(
    host: Host, backup: Path, tmp_path: Path
) -> None:
    with changed(backup, tmp_path) as content:
        (content / "models" / "another-run").mkdir()
        (content / "models" / "another-run" / "run.json").write_text("{}")
        (content / "instance" / "zone").write_text("where the server has a folder")
    (host.instance / "zone" / "kept").mkdir(parents=True)
    (host.models / read_current(host.models) / "model.onnx").write_bytes(b"damaged")
    before = state_of(host)

    done = host.run("restore", "--yes", tmp_path / "changed.tar.gz")

    assert (done.exit_code, state_of(host)) == (1, before)
    assert not left_overs(host.models, host.instance)


def test_left_overs_are_in_no_back_up_and_are_cleared_away(host: Host, tmp_path: Path) -> None:
    for folder in (host.instance, host.models, tmp_path):
        for name in (".net-work-a1b2c3", ".restore-xyz", ".net-backup-xyz"):
            (folder / name).mkdir()
            (folder / name / "database").write_bytes(os.urandom(1_000_000))
    (host.instance / ".secret-key-0123456789abcdef").write_text("a key")
    (host.models / ".current-0123456789abcdef").write_text("a run")

    assert host.run("backup", tmp_path / "one.tar.gz").exit_code == 0
    assert host.run("restore", "--yes", tmp_path / "one.tar.gz").exit_code == 0

    with tarfile.open(tmp_path / "one.tar.gz") as tar:
        assert not [name for name in tar.getnames() if "/." in name or name.startswith(".")]
    assert not [name for name in left_overs(host.instance, host.models, tmp_path)
                if name.startswith((".net", ".restore"))]  # fmt: skip


def test_a_new_place_is_its_owners_alone(host: Host, backup: Path, tmp_path: Path) -> None:
    is_sqlite = host.database_url.startswith("sqlite")
    url = f"sqlite:///{tmp_path / 'new' / 'instance' / 'net.sqlite3'}"
    new = Host(tmp_path / "new", url if is_sqlite else host.database_url)
    new.instance.mkdir(parents=True, mode=0o755)

    assert new.run("restore", "--yes", backup).exit_code == 0

    modes = {path.name: stat.S_IMODE(path.stat().st_mode)
             for path in new.instance.rglob("*") if path.is_file()}  # fmt: skip
    assert {"secret-key", "1.log"} <= set(modes)
    assert ("net.sqlite3" in modes) == is_sqlite
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(("command", "event", "path"), MOMENTS)
def test_kill_9_leaves_a_server_that_works_and_nothing_in_the_next_back_up(
    host: Host, backup: Path, tmp_path: Path, command: str, event: str, path: str
) -> None:
    (host.models / read_current(host.models) / "model.onnx").write_bytes(b"damaged")
    size = backup.stat().st_size
    target = tmp_path / "killed.tar.gz" if command == "backup" else backup
    arguments = [command, str(target)] + (["--yes"] if command == "restore" else [])

    kill_at(event, path, host, arguments)

    assert set(host.users()) >= {"an"}
    assert host.run("restore", "--yes", backup).exit_code == 0
    assert host.run("backup", tmp_path / "next.tar.gz").exit_code == 0
    assert host.users() == ["an"]
    assert verify(host.models / read_current(host.models))
    assert (host.instance / "secret-key").read_text("ascii") == "a key"
    assert not left_overs(host.instance, host.models, tmp_path)
    assert (tmp_path / "next.tar.gz").stat().st_size < size + 100_000


def kill_at(event: str, path: str, host: Host, arguments: list[str]) -> None:
    """Run a command in a process of its own, which is killed when it is about to do that.

    Args:
        event: one of Python's audit events.
        path: part of a path that it is about.
        host: whose command it is.
        arguments: of ``python -m webapp``.
    """
    child = os.fork()
    if child == 0:  # nothing of pytest must run on here

        def kill(this: str, about: tuple[object, ...]) -> None:
            if this == event and any(path in str(one) for one in about):
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill)
        try:
            host.run(*arguments)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, "the command was over before that"
