"""``python -m webapp backup`` and ``restore``: what was there is there again."""

from __future__ import annotations

import shutil
import stat
import tarfile
import threading
from pathlib import Path

import pytest

from recognizer.runs.folder import verify
from recognizer.runs.pointer import read_current
from tests.webapp.maintenance.conftest import Host


@pytest.fixture
def backup(host: Host, tmp_path: Path) -> Path:
    """A back-up of the server as it was made."""
    path = tmp_path / "backup.tar.gz"
    done = host.run("backup", path)
    assert done.exit_code == 0, done.stderr
    return path


def test_what_was_lost_is_there_again(host: Host, backup: Path) -> None:
    served = read_current(host.models)
    host.add_user("binh")
    shutil.rmtree(host.models)
    (host.instance / "jobs" / "1.log").unlink()
    (host.instance / "secret-key").write_text("another", "ascii")

    done = host.run("restore", "--yes", backup)

    assert done.exit_code == 0, done.stderr
    assert host.users() == ["an"]
    assert (read_current(host.models), bool(verify(host.models / served))) == (served, True)
    assert (host.instance / "jobs" / "1.log").read_text("utf-8") == "a job's log"
    assert (host.instance / "secret-key").read_text("ascii") == "a key"
    assert stat.S_IMODE((host.instance / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE((host.models / served).stat().st_mode) & 0o055 == 0o055


@pytest.mark.parametrize("place", ["own.db", "data/own.db"])
def test_a_database_of_any_name_is_copied_and_not_taken_as_it_lies_there(
    tmp_path: Path, small_models: Path, place: str
) -> None:
    file = tmp_path / "instance" / place
    host = Host(tmp_path, f"sqlite:///{file}")
    file.parent.mkdir(parents=True)
    shutil.copytree(small_models, host.models)
    host.add_user("an")

    done = host.run("backup", tmp_path / "backup.tar.gz")

    assert done.exit_code == 0, done.stderr
    with tarfile.open(tmp_path / "backup.tar.gz") as archive:
        names = archive.getnames()
    assert "database" in names
    assert not [name for name in names if name.startswith("instance/")]


def test_a_damaged_run_is_repaired_and_another_one_stays(host: Host, backup: Path) -> None:
    served = read_current(host.models)
    (host.models / served / "model.onnx").write_bytes(b"damaged")
    (host.models / "later").mkdir()

    host.run("restore", "--yes", backup)

    assert verify(host.models / served)
    assert sorted(path.name for path in host.models.iterdir() if path.is_dir()) == ["later", served]


def test_all_is_restored_though_the_run_of_that_time_is_not_served_any_more(
    host: Host, tmp_path: Path
) -> None:
    served = read_current(host.models)
    (host.models / served / "run.json.sha256").unlink()  # as runs were made before
    assert host.run("backup", tmp_path / "backup.tar.gz").exit_code == 0
    host.add_user("binh")
    shutil.rmtree(host.instance / "jobs")

    done = host.run("restore", "--yes", tmp_path / "backup.tar.gz")

    assert done.exit_code != 0
    assert f"python -m trainer upgrade {served}" in done.stderr
    assert host.users() == ["an"]
    assert (host.instance / "jobs" / "1.log").read_text("utf-8") == "a job's log"
    assert (host.models / served / "model.onnx").exists()


def test_a_new_server_becomes_the_old_one(
    host: Host, backup: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'instance' / 'net.sqlite3'}"
    if not host.database_url.startswith("sqlite"):
        url = request.getfixturevalue("postgresql_server").new_database()
    new = Host(tmp_path / "new", url)

    done = new.run("restore", "--yes", backup)

    assert done.exit_code == 0, done.stderr
    assert new.users() == ["an"]
    assert read_current(new.models) == read_current(host.models)


def test_a_back_up_is_its_owners_alone_and_replaces_none(host: Host, backup: Path) -> None:
    before = backup.read_bytes()

    done = host.run("backup", backup)

    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert (done.exit_code, backup.read_bytes()) == (1, before)
    assert "is there already" in done.stderr
    assert [path.name for path in backup.parent.iterdir() if "backup" in path.name] == [backup.name]


def test_what_is_written_meanwhile_is_in_the_back_up_whole_or_not_at_all(
    host: Host, tmp_path: Path
) -> None:
    written: list[str] = []
    stopped = threading.Event()

    def write() -> None:
        while not stopped.is_set():
            host.add_user(f"user-{len(written)}")
            written.append(f"user-{len(written)}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = host.run("backup", tmp_path / "live.tar.gz")
    finally:
        stopped.set()
        writer.join()
    host.run("restore", "--yes", tmp_path / "live.tar.gz")

    assert done.exit_code == 0, done.stderr
    restored = [name for name in host.users() if name != "an"]
    assert sorted(restored) == sorted(written[: len(restored)])


def test_a_back_up_that_was_changed_is_refused_and_nothing_happens(
    host: Host, backup: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "unpacked"
    with tarfile.open(backup) as tar:
        tar.extractall(folder, filter="data")
    (folder / "instance" / "secret-key").write_text("forged", "ascii")
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(forged, "w:gz") as tar:
        for path in (path for path in folder.rglob("*") if path.is_file()):
            tar.add(path, path.relative_to(folder).as_posix())
    host.add_user("binh")

    answers = [host.run("restore", "--yes", path) for path in (forged, _torn(backup))]

    assert [done.exit_code for done in answers] == [1, 1]
    assert all("back-up" in done.stderr or "backed up" in done.stderr for done in answers)
    assert all("Traceback" not in done.stderr for done in answers)
    assert host.users() == ["an", "binh"]
    assert (host.instance / "secret-key").read_text("ascii") == "a key"


def _torn(backup: Path) -> Path:
    torn = backup.with_name("torn.tar.gz")
    torn.write_bytes(backup.read_bytes()[:-2000])
    return torn


def test_a_back_up_of_another_kind_of_database_is_refused(
    host: Host, backup: Path, tmp_path: Path
) -> None:
    other = "postgresql://nobody@127.0.0.1:9/net"
    if not host.database_url.startswith("sqlite"):
        other = f"sqlite:///{tmp_path / 'other.sqlite3'}"

    done = Host(tmp_path, other).run("restore", "--yes", backup)

    assert done.exit_code == 1
    assert "NET_DATABASE_URL is" in done.stderr


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    host = Host(tmp_path, "postgresql://net:s3cret@127.0.0.1:9/net")

    done = host.run("backup", tmp_path / "backup.tar.gz")

    assert done.exit_code == 1
    assert "Connection refused" in done.stderr
    assert "s3cret" not in done.stderr
    assert not (tmp_path / "backup.tar.gz").exists()
