from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import update

from recognizer.errors import NoModelError
from webapp.activity.counters import Counters
from webapp.activity.presence import SILENT_AFTER, Worker, forget_the_silent, present_workers
from webapp.activity.reporter import Reporter
from webapp.activity.rollup import PERIODS, read_bins, total
from webapp.activity.tables import WebWorker
from webapp.storage.database import Database, DatabaseAwayError


class OneRun:
    """A registry whose run is a name."""

    last_error: str | None = None

    def __init__(self) -> None:
        self.name: str | None = "first"

    def current(self) -> Any:
        if self.name is None:
            raise NoModelError("there is none")
        return SimpleNamespace(name=self.name)


@pytest.fixture
def registry() -> OneRun:
    return OneRun()


@pytest.fixture
def counters() -> Counters:
    return Counters()


@pytest.fixture
def report(
    database: Database, counters: Counters, registry: OneRun
) -> Iterator[Callable[[], Reporter]]:
    """Starts a reporter; all end with the test."""
    started: list[Reporter] = []

    def start() -> Reporter:
        started.append(Reporter(database, counters, registry))
        started[-1].start()
        return started[-1]

    yield start
    for reporter in started:
        reporter.stop()


def _eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _workers(database: Database) -> list[Worker]:
    with database.reading() as session:
        return list(present_workers(session))


def _counted(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return dict(total(read_bins(session, PERIODS["hour"], datetime.now(timezone.utc))))


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_worker_says_which_run_it_serves_and_when_that_changes(
    database: Database, registry: OneRun, report: Callable[[], Reporter]
) -> None:
    report()
    _eventually(lambda: [worker.run for worker in _workers(database)] == ["first"])
    (before,) = _workers(database)

    registry.name = "second"
    _eventually(lambda: [worker.run for worker in _workers(database)] == ["second"])

    (after,) = _workers(database)
    assert after.run_since > before.run_since
    assert after.started_at == before.started_at
    assert (after.memory or 0) > 1_000_000


def test_a_worker_without_a_run_is_listed_with_the_reason(
    database: Database, registry: OneRun, report: Callable[[], Reporter]
) -> None:
    registry.name, registry.last_error = None, "models/current does not exist"

    report()
    _eventually(lambda: bool(_workers(database)))

    (worker,) = _workers(database)
    assert (worker.run, worker.problem) == (None, "models/current does not exist")


def test_a_worker_that_ends_writes_down_its_last_counts_and_is_gone(
    database: Database, counters: Counters, report: Callable[[], Reporter]
) -> None:
    reporter = report()
    _eventually(lambda: bool(_workers(database)))

    counters.add(["a"])
    reporter.stop()

    assert _counted(database) == {"a": 1}
    assert _workers(database) == []


def test_what_is_counted_while_the_database_is_away_is_written_when_it_is_back(
    database: Database,
    counters: Counters,
    report: Callable[[], Reporter],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report()
    session, tries = database.session, []

    def away() -> Any:
        tries.append(1)
        raise DatabaseAwayError("no route to host")

    monkeypatch.setattr(database, "session", away)
    counters.add(["a", "a"])
    _eventually(lambda: bool(tries))
    monkeypatch.setattr(database, "session", session)

    _eventually(lambda: _counted(database) == {"a": 2})


def test_a_worker_that_falls_silent_vanishes(
    database: Database, report: Callable[[], Reporter]
) -> None:
    reporter = report()
    _eventually(lambda: bool(_workers(database)))
    reporter.stop()
    long_ago = datetime.now(timezone.utc) - SILENT_AFTER - timedelta(hours=2)
    with database.session() as session:
        session.add(
            WebWorker(
                id="killed", host="here", pid=1,
                started_at=long_ago, run_since=long_ago, seen_at=long_ago,
            )
        )  # fmt: skip

    assert _workers(database) == []
    with database.session() as session:
        forget_the_silent(session)
        assert session.execute(update(WebWorker).values(pid=2)).rowcount == 0  # type: ignore[attr-defined]
