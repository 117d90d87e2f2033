"""Many jobs and several workers: each job is done exactly once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.postgresql_server import PostgresqlServer
from tests.webapp.jobs import noting_worker
from tests.webapp.jobs.workshop import Workshop, hold
from webapp.jobs.kinds import KINDS
from webapp.jobs.tables import Job

JOBS = 16
NOTING = str(Path(noting_worker.__file__))

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _jobs_that_only_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "note", noting_worker.KIND)


def _submit(workshop: Workshop, count: int = JOBS) -> list[Job]:
    return [workshop.submit("note", number=number) for number in range(count)]


def _notes(workshop: Workshop) -> list[int]:
    notes = workshop.folder / "instance" / "jobs" / noting_worker.NOTES
    return sorted(map(int, notes.read_text().split())) if notes.is_file() else []


def _wait_until_over(workshop: Workshop) -> None:
    workshop.wait_until(lambda: workshop.book.count(["queued", "running"]) == 0)


def test_two_workers_share_the_queue_and_a_killed_one_loses_its_own_job_only(
    workshop: Workshop,
) -> None:
    victim, _ = workshop.start_worker(NOTING), workshop.start_worker(NOTING)
    held = hold(workshop)
    _submit(workshop)
    workshop.wait_until(lambda: workshop.book.count(["running"]) == 2)  # each has one
    held.unlink()
    workshop.wait_until(lambda: len(_notes(workshop)) > JOBS // 4)

    victim.kill()
    workshop.wait_until(lambda: workshop.book.count(["queued", "running"]) == 0)

    notes = _notes(workshop)
    lost = workshop.book.list(states=["failed"])
    assert len(notes) == len(set(notes))
    assert len(lost) <= 1
    assert all(job.reason == "lost" for job in lost)
    assert workshop.book.count(["finished"]) == JOBS - len(lost)
    workers = {job.worker for job in workshop.book.list(limit=JOBS)}
    assert len(workers) == 2


def test_postgresql_gives_jobs_in_their_order_and_each_to_one_of_two_workers(
    make_workshop: Callable[..., Workshop],
    postgresql_server: PostgresqlServer,
) -> None:
    workshop = make_workshop(NET_DATABASE_URL=postgresql_server.migrated_database())
    _submit(workshop, 3)

    workshop.start_worker(NOTING)
    _wait_until_over(workshop)
    alone = (workshop.folder / "instance" / "jobs" / noting_worker.NOTES).read_text().split()
    workshop.start_worker(NOTING)
    _submit(workshop)
    _wait_until_over(workshop)

    assert alone == ["0", "1", "2"]
    assert _notes(workshop) == sorted([0, 1, 2, *range(JOBS)])
