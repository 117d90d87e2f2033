from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.postgresql_server import PostgresqlServer
from tests.webapp.storage.conftest import OpenDatabase
from webapp.accounts.tables import User
from webapp.configuration import REPOSITORY
from webapp.storage.clock import database_time
from webapp.storage.database import Database, DatabaseAwayError
from webapp.storage.tables import now

# Forked, so that they come at the same moment: importing takes longer than preparing.
PREPARE = """
import os, sys, traceback
import alembic.command, alembic.context, psycopg
from webapp.storage.database import Database

def prepare():
    Database(sys.argv[1]).prepare()

for _ in range(4):
    if os.fork() == 0:
        try:
            prepare()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
sys.exit(sum(os.wait()[1] != 0 for _ in range(4)))
"""


def user(name: str, moment: datetime | None = None) -> User:
    return User(name=name, role="viewer", created_at=moment or now())


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(User.name).order_by(User.name)))


def test_what_one_session_has_written_another_process_reads(open_database: OpenDatabase) -> None:
    with open_database().session() as session:
        session.add(user("an"))

    assert names(open_database()) == ["an"]


def test_a_session_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.session() as session:
            session.add(user("an"))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert names(database) == []


def test_times_come_back_in_utc_from_whatever_zone_they_came(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGTZ", "Asia/Ho_Chi_Minh")  # what PostgreSQL tells times in
    hanoi = timezone(timedelta(hours=7))
    with database.session() as session:
        session.add(user("an", datetime(2026, 11, 21, 7, 30, tzinfo=hanoi)))

    with database.reading() as session:
        (moment,) = session.scalars(select(User.created_at))
        present = database_time(session)

    assert moment == datetime(2026, 11, 21, 0, 30, tzinfo=timezone.utc)
    assert moment.utcoffset() == present.utcoffset() == timedelta(0)


def test_who_reads_first_and_writes_then_waits_for_other_writers(database: Database) -> None:
    with database.session() as session:
        session.add(user("0"))

    def add_one(_: int) -> None:
        with database.session() as session:
            counted = session.scalars(select(User).with_for_update()).one()
            counted.name = str(int(counted.name) + 1)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add_one, range(80)))

    assert names(database) == ["80"]


def test_a_forked_process_has_connections_of_its_own(database: Database) -> None:
    with database.session() as session:
        session.add(user("parent"))
        session.flush()
        kept = session.connection().connection.driver_connection

    child = os.fork()
    if child == 0:  # nothing of pytest must run on here
        with database.session() as session:
            is_own = session.connection().connection.driver_connection is not kept
            session.add(user("child"))
        os._exit(0 if is_own else 1)

    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert names(database) == ["child", "parent"]


def test_many_processes_may_start_at_once_on_an_empty_database(
    open_database: OpenDatabase, database_url: str
) -> None:
    command = [sys.executable, "-c", PREPARE, database_url]

    start = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert (start.returncode, start.stderr) == (0, "")
    assert names(open_database()) == []


def test_tables_of_a_newer_version_are_left_alone_and_said_to_be(
    open_database: OpenDatabase,
) -> None:
    with open_database().session() as session:
        session.execute(text("DELETE FROM alembic_version"))
        session.execute(text("INSERT INTO alembic_version VALUES ('9999')"))

    with pytest.raises(DatabaseAwayError, match="9999"):
        open_database().prepare()


def test_a_folder_that_cannot_be_written_to_is_used_once_it_can(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file stands where the folder should be")
    database = Database(f"sqlite:///{tmp_path / 'taken' / 'net.sqlite3'}")
    with pytest.raises(DatabaseAwayError):
        names(database)

    (tmp_path / "taken").unlink()

    assert names(database) == []
    database.close()


def test_a_file_that_was_taken_away_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "net.sqlite3"
    database = Database(f"sqlite:///{path}")
    with database.session() as session:
        session.add(user("an"))
    database.close()
    for file in tmp_path.glob("net.sqlite3*"):
        file.unlink()

    with pytest.raises(DatabaseAwayError):
        names(database)

    assert names(database) == []
    database.close()


@pytest.fixture
def server(postgresql_server: PostgresqlServer) -> Iterator[PostgresqlServer]:
    yield postgresql_server
    if not postgresql_server._answers():
        postgresql_server.start()


def test_a_server_that_comes_back_is_used_again_without_a_restart(
    server: PostgresqlServer,
) -> None:
    database = Database(server.new_database())
    assert names(database) == []

    server.stop()
    with pytest.raises(DatabaseAwayError):
        names(database)
    server.start()

    assert names(database) == []
    database.close()


def test_a_server_that_is_away_at_the_start_is_used_when_it_comes(server: PostgresqlServer) -> None:
    url = server.new_database()
    server.stop()
    database = Database(url)
    with pytest.raises(DatabaseAwayError):
        database.prepare()

    server.start()

    assert names(database) == []
    database.close()
