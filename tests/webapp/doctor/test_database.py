from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.postgresql_server import PostgresqlServer
from tests.webapp.doctor.conftest import Examine
from webapp.jobs.claims import enrol
from webapp.jobs.tables import Worker
from webapp.storage.database import Database
from webapp.storage.engine import make_engine
from webapp.storage.migration import downgrade


def test_tables_of_this_code_are_good_and_a_missing_worker_is_told(
    examine: Examine, database: Database
) -> None:
    report = examine()

    assert report.status == 0
    assert (report.states["database"], report.states["migrations"]) == ("good", "good")
    state, said = report.about("workers")
    assert state == "warning"
    assert "python -m webapp.jobs.worker" in said


@pytest.mark.parametrize(("can_train", "state"), [(True, "good"), (False, "warning")])
def test_a_living_worker_is_found(
    examine: Examine, database: Database, can_train: bool, state: str
) -> None:
    with database.session() as session:
        enrol(session, Worker(id="w", host="h", pid=1, can_train=can_train))

    assert examine().states["workers"] == state


def test_older_tables_are_a_warning_and_are_left_as_they_are(
    examine: Examine, database: Database, tmp_path: Path
) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/instance/net.sqlite3")
    downgrade(engine, "0001")

    first, second = examine(), examine()

    engine.dispose()
    for report in (first, second):
        state, said = report.about("migrations")
        assert state == "warning"
        assert "those of 0001" in said
        assert "python -m webapp backup FILE" in said


def test_tables_of_newer_code_are_bad(examine: Examine, database: Database) -> None:
    with database.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    report = examine()

    assert (report.status, report.states["migrations"]) == (1, "bad")


def test_a_file_that_is_no_database_is_bad(
    examine: Examine, database: Database, tmp_path: Path
) -> None:
    for path in (tmp_path / "instance").glob("net.sqlite3*"):
        path.unlink()
    (tmp_path / "instance" / "net.sqlite3").write_bytes(b"nothing of the kind" * 100)

    state, said = examine().about("database")

    assert state == "bad"
    assert "restore a back-up" in said


def test_a_postgresql_is_looked_at_and_its_absence_told_without_its_password(
    examine: Examine, postgresql_server: PostgresqlServer
) -> None:
    url = postgresql_server.new_database()

    empty = examine(NET_DATABASE_URL=url)
    away = examine(NET_DATABASE_URL="postgresql://net:s3cret@127.0.0.1:1/net")

    assert (empty.states["database"], empty.states["migrations"]) == ("good", "warning")
    assert away.states["database"] == "bad"
    assert "s3cret" not in str(away)
