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
from webapp.jobs.log_file import read_from

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="children die with their parent on Linux"),
]


def test_a_command_that_is_killed_is_shown_as_failed(workshop: Workshop) -> None:
    job = workshop.train()
    held = hold(workshop)
    workshop.start_worker(noting_worker.__file__)
    workshop.wait_for(job, "running")
    workshop.wait_until(lambda: bool(workshop.children(str(held))))

    for child in workshop.children(str(held)):
        os.kill(child, signal.SIGKILL)
    failed = workshop.wait_for(job)

    assert (failed.state, failed.reason, failed.detail) == ("failed", "killed", "SIGKILL")
    assert failed.exit_status == -signal.SIGKILL
    assert workshop.book.can_resume(str(job.run))


def test_a_killed_worker_takes_its_training_with_it_and_another_goes_on_and_ends_in_good_order(
    workshop: Workshop,
) -> None:
    job = workshop.train(ENDLESS)
    waiting = workshop.train()
    worker = workshop.start_worker()
    run = workshop.wait_for_an_epoch(job)

    worker.kill()
    worker.wait()
    lost = workshop.wait_for(job)

    workshop.wait_until(lambda: not workshop.children())
    assert (lost.state, lost.reason) == ("failed", "lost")
    assert workshop.look(waiting).state == "queued"

    workshop.book.stop(waiting.id)
    epochs = _epochs(run)
    worker = workshop.start_worker()
    again = workshop.submit("resume", run=run.name)
    workshop.wait_until(lambda: _epochs(run) > epochs)
    worker.send_signal(signal.SIGTERM)
    ended = workshop.wait_for(again)

    assert worker.wait() == 0
    assert (ended.state, ended.reason, ended.exit_status) == ("stopped", "worker_ended", 1)
    details, log = verify(run), workshop.book.log_path(again.id)
    assert (details["status"], details["networks"]["model"]["epochs"] > epochs) == ("stopped", True)
    assert not (run / "stop").exists()
    assert f"model: epoch {epochs + 1}: loss" in read_from(log, 0).text
    assert workshop.book.can_resume(run.name)
    assert not workshop.book.workers()


def _epochs(run: Path) -> int:
    with (run / "training_log.csv").open() as log:
        return len(list(csv.DictReader(log)))
