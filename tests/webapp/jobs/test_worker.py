"""Real workers with real trainings: nothing is lost or done twice, whoever is killed."""

from __future__ import annotations

import csv
import os
import signal
import sys
from pathlib import Path

import pytest

from recognizer.runs.folder import verify
from tests.webapp.jobs import noting_worker
from tests.webapp.jobs.workshop import ENDLESS, Workshop, hold
from webapp.jobs.kinds import KINDS, command_line, place_of
from webapp.jobs.log_file import read_from
from webapp.jobs.tables import Job

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="children die with their parent on Linux"),
]


def test_a_killed_command_is_shown_as_failed_and_a_killed_worker_takes_its_own_with_it(
    workshop: Workshop,
) -> None:
    jobs = [workshop.train() for _ in range(3)]
    held = hold(workshop)
    worker = workshop.start_worker(noting_worker.__file__)
    _wait_for_command(workshop, jobs[0], held)

    for child in workshop.children(str(held)):
        os.kill(child, signal.SIGKILL)
    failed = workshop.wait_for(jobs[0])
    _wait_for_command(workshop, jobs[1], held)
    worker.kill()
    worker.wait()
    lost = workshop.wait_for(jobs[1])

    workshop.wait_until(lambda: not workshop.children(str(held)))
    assert (failed.state, failed.reason, failed.detail) == ("failed", "killed", "SIGKILL")
    assert failed.exit_status == -signal.SIGKILL
    assert (lost.state, lost.reason) == ("failed", "lost")
    assert workshop.look(jobs[2]).state == "queued"
    assert all(workshop.book.can_resume(str(job.run)) for job in jobs[:2])
    again = workshop.submit("resume", run=jobs[1].run)
    place = place_of(workshop.configuration)
    begun, goes_on = (
        command_line(KINDS[job.kind], {"run": job.run}, place) for job in (jobs[1], again)
    )
    assert goes_on == begun  # what the worker of the next test runs


def _wait_for_command(workshop: Workshop, job: Job, held: Path) -> None:
    workshop.wait_for(job, "running")
    workshop.wait_until(lambda: bool(workshop.children(str(held))))


def test_a_worker_that_is_told_to_end_ends_its_training_in_good_order(workshop: Workshop) -> None:
    job = workshop.train(ENDLESS)
    worker = workshop.start_worker()
    run = workshop.wait_for_an_epoch(job)

    worker.send_signal(signal.SIGTERM)
    ended = workshop.wait_for(job)

    assert worker.wait() == 0
    assert (ended.state, ended.reason, ended.exit_status) == ("stopped", "worker_ended", 1)
    details, log = verify(run), workshop.book.log_path(job.id)
    assert (details["status"], details["networks"]["model"]["epochs"]) == ("stopped", _epochs(run))
    assert not (run / "stop").exists()
    assert "model: epoch 1: loss" in read_from(log, 0).text
    assert workshop.book.can_resume(run.name)
    assert not workshop.book.workers()


def _epochs(run: Path) -> int:
    with (run / "training_log.csv").open() as log:
        return len(list(csv.DictReader(log)))
