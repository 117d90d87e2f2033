from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest

from webapp.activity.rollup import PERIODS, read_bins, steps_of, total, write_minutes
from webapp.storage.database import Database

NOW = datetime(2026, 11, 21, 9, 30, 20, tzinfo=timezone.utc)
MINUTE = int(NOW.timestamp()) // 60


def _write(database: Database, worker: str, minutes: dict[int, dict[str, int]]) -> None:
    with database.session() as session:
        write_minutes(session, worker, minutes)


def _read(database: Database, period: str) -> list[tuple[datetime, dict[str, int]]]:
    with database.reading() as session:
        bins = read_bins(session, PERIODS[period], NOW)
    return [(one.start, dict(one.counts)) for one in bins]


def test_workers_and_machines_add_up(database: Database) -> None:
    _write(database, "one", {MINUTE: {"a": 1, "b": 2}})
    _write(database, "two", {MINUTE: {"a": 10}})

    start, counts = _read(database, "hour")[-1]

    assert start == NOW.replace(second=0)
    assert counts == {"a": 11, "b": 2}


def test_writing_the_same_minute_again_counts_nothing_twice(database: Database) -> None:
    for counted in (1, 1, 3):
        _write(database, "one", {MINUTE: {"a": counted}})

    assert _read(database, "hour")[-1][1] == {"a": 3}


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_is_cut_into_bins_without_a_gap_up_to_now(database: Database, period: str) -> None:
    span = timedelta(seconds=PERIODS[period].seconds)
    starts = [start for start, _ in _read(database, period)]

    assert starts[-1] <= NOW < starts[-1] + span
    assert {later - earlier for earlier, later in pairwise(starts)} == {span}


@pytest.mark.parametrize("period", PERIODS)
def test_each_count_falls_into_the_bin_of_its_time(database: Database, period: str) -> None:
    starts = [start for start, _ in _read(database, period)]
    _write(database, "one", {int(starts[3].timestamp()) // 60 - 1: {"before": 1}})
    _write(database, "one", {int(starts[3].timestamp()) // 60: {"in": 1}})
    _write(database, "one", {int(starts[0].timestamp()) // 60 - 1: {"too old": 1}})

    filled = {start: counts for start, counts in _read(database, period) if counts}

    assert filled == {starts[2]: {"before": 1}, starts[3]: {"in": 1}}


def test_bins_and_steps_can_be_summed(database: Database) -> None:
    _write(
        database, "one", {MINUTE: {"digit.7": 1, "verdict.digit": 2}, MINUTE - 1: {"digit.7": 4}}
    )
    with database.reading() as session:
        sums = total(read_bins(session, PERIODS["hour"], NOW))

    assert steps_of(sums, "digit") == {7: 5}
