"""Another run under load: real gunicorn workers, people who draw on, and not one failed request."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.gunicorn_server import GunicornServer
from tests.webapp.admin.releases.conftest import PASSED
from tests.webapp.faults.crowd import Crowd
from tests.webapp.two_runs import make_two_runs
from trainer.release.activation import activate_run, roll_back
from webapp.activity.presence import Worker, present_workers
from webapp.activity.rollup import PERIODS, read_bins, total
from webapp.storage.database import Database

pytestmark = pytest.mark.gunicorn

WORKERS = 3


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, released_models: Path) -> Path:
    """Two runs as large as a real one; ``first`` is served."""
    return make_two_runs(tmp_path_factory.mktemp("load") / "models", released_models)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[GunicornServer]:
    folder = tmp_path_factory.mktemp("server")
    with GunicornServer(folder, NET_MODELS_DIR=models, NET_WORKERS=WORKERS) as server:
        yield server


@pytest.fixture
def database(server: GunicornServer) -> Iterator[Database]:
    """That of the fixture ``server``."""
    database = _database_of(server)
    yield database
    database.close()


def _database_of(server: GunicornServer) -> Database:
    return Database(f"sqlite:///{server.log_file.parent / 'instance' / 'net.sqlite3'}")


def _workers(database: Database) -> list[Worker]:
    with database.reading() as session:
        return list(present_workers(session))


def test_every_worker_takes_up_each_change_and_no_request_fails(
    server: GunicornServer, models: Path, database: Database, seven: dict[str, Any]
) -> None:
    def all_serve(run: str) -> bool:
        return [worker.run for worker in _workers(database)] == [run] * WORKERS

    server.wait_until(lambda: all_serve("first"))
    crowd = Crowd(server.port, seven, keeps_alive=False)

    with crowd.drawing(3):
        activate_run(models, "second", [PASSED])
        server.wait_until(lambda: all_serve("second"))
        crowd.wait_for_answers(5)
        roll_back(models)
        server.wait_until(lambda: all_serve("first"))
        crowd.wait_for_answers(5)

    assert set(crowd.statuses) == {200}
    assert set(crowd.runs) == {"first", "second"}


def test_a_worker_that_was_killed_vanishes_and_its_successor_is_listed(
    server: GunicornServer, database: Database
) -> None:
    server.wait_until(lambda: len(_workers(database)) == WORKERS)
    before = {worker.pid for worker in _workers(database)}
    victim = min(before)

    os.kill(victim, signal.SIGKILL)
    server.wait_until(lambda: len({worker.pid for worker in _workers(database)} - before) == 1)

    server.wait_until(lambda: victim not in {worker.pid for worker in _workers(database)})
    assert len(_workers(database)) == WORKERS


def test_a_server_that_ends_leaves_no_worker_behind_and_every_count(
    tmp_path: Path, models: Path, seven: dict[str, Any]
) -> None:
    server = GunicornServer(tmp_path, NET_MODELS_DIR=models, NET_WORKERS=WORKERS)
    server.wait_until(server.is_up)
    for _ in range(30):
        server.ask("POST", "/api/v1/predictions", seven)

    status = server.stop()

    database = _database_of(server)
    with database.reading() as session:
        counts = total(read_bins(session, PERIODS["hour"], datetime.now(timezone.utc)))
    assert status == 0
    assert (counts["sent.drawing"], counts["digit.7"]) == (30, 30)
    assert _workers(database) == []
    database.close()
