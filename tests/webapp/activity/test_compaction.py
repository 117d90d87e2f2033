from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from webapp.activity.compaction import HOURS_KEPT, TakenError, compact
from webapp.activity.rollup import PERIODS, read_bins, total, write_minutes
from webapp.activity.tables import CountedSpan
from webapp.storage.database import Database

NOW = datetime(2026, 11, 21, 9, 30, 20, tzinfo=timezone.utc)


def _count(database: Database, before: timedelta, worker: str = "one", count: int = 1) -> None:
    minute = int((NOW - before).timestamp()) // 60
    with database.session() as session:
        write_minutes(session, worker, {minute: {"a": count}})


def _rows(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(CountedSpan)) or 0


def _sum(database: Database, period: str = "month") -> int:
    with database.reading() as session:
        return total(read_bins(session, PERIODS[period], NOW))["a"]


def test_young_minutes_stay_as_they_are(database: Database) -> None:
    for worker in ("one", "two"):
        _count(database, timedelta(minutes=20), worker)

    assert compact(database, NOW) == 0
    assert _rows(database) == 2


def test_after_an_hour_the_workers_rows_of_a_minute_become_one(database: Database) -> None:
    for worker, count in (("one", 1), ("two", 20)):
        _count(database, timedelta(hours=3), worker, count)

    compact(database, NOW)

    assert (_rows(database), _sum(database, "day")) == (1, 21)
    assert compact(database, NOW) == 0


def test_after_a_week_minutes_become_hours(database: Database) -> None:
    for minutes in range(60):
        for worker in ("one", "two"):
            _count(database, timedelta(days=8, minutes=minutes), worker)

    compact(database, NOW)

    assert _rows(database) == 2  # 60 minutes that touch two hours
    assert _sum(database) == 120
    assert compact(database, NOW) == 0


def test_what_arrives_late_is_added_to_what_was_added_up(database: Database) -> None:
    for before in (timedelta(hours=3), timedelta(days=8)):
        _count(database, before, "one", 5)
        compact(database, NOW)

        _count(database, before, "two", 7)
        compact(database, NOW)

    assert (_rows(database), _sum(database)) == (2, 24)


def test_after_a_year_nothing_is_left(database: Database) -> None:
    _count(database, HOURS_KEPT + timedelta(days=1))

    compact(database, NOW)

    assert _rows(database) == 0


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_processes_that_compact_at_once_count_nothing_twice(database: Database) -> None:
    for minutes in range(40):
        for worker in ("one", "two"):
            _count(database, timedelta(hours=3, minutes=minutes), worker)
    conflicts = []

    def thin_all() -> None:
        try:
            compact(database, NOW)
        except TakenError as error:
            conflicts.append(error)

    threads = [threading.Thread(target=thin_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    compact(database, NOW)

    assert (_rows(database), _sum(database, "day")) == (40, 80)
