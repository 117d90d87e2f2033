"""The book of jobs: what can be submitted, looked up, withdrawn."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone

import pytest

from recognizer.runs.folder import read_details
from tests.webapp.jobs.workshop import TINY, Workshop
from trainer.errors import SettingsError
from trainer.runs.state import held
from webapp.jobs import claims
from webapp.jobs.job_runs import JobRefusedError
from webapp.jobs.outcome import Outcome
from webapp.jobs.tables import Job, Worker

LEASE = timedelta(seconds=30)


def _worker(workshop: Workshop, name: str = "here:1:a") -> Worker:
    worker = Worker(id=name, host="here", pid=1, can_train=True)
    with workshop.database.session() as session:
        claims.enrol(session, worker)
    return worker


def _finish_run(workshop: Workshop, name: str, status: str) -> None:
    path = workshop.models / name / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "status": status}))


def test_a_training_has_its_run_as_soon_as_it_is_submitted(workshop: Workshop) -> None:
    job = workshop.submit(recipe="dense-512", settings={"epochs": 3}, seed=7)

    details = read_details(workshop.run_of(job))
    assert (job.state, job.kind, job.queue) == ("queued", "train", "training")
    assert (details["status"], details["settings"]["epochs"]) == ("queued", 3)
    assert details["seed"] == 7
    assert [one.id for one in workshop.book.of_run(str(job.run))] == [job.id]


@pytest.mark.parametrize("settings", [{"epochs": 0}, {"epoch": 3}])
def test_settings_that_cannot_be_leave_neither_a_job_nor_a_run(
    workshop: Workshop, settings: dict[str, int]
) -> None:
    with pytest.raises(SettingsError):
        workshop.train(settings)

    assert workshop.book.count() == 0
    assert list(workshop.models.iterdir()) == []


def test_a_form_that_is_sent_twice_gives_one_job(workshop: Workshop) -> None:
    arguments = {"recipe": "dense-512", "settings": TINY}

    jobs = [workshop.book.submit("train", arguments, "me", ticket="one") for _ in range(2)]

    assert jobs[0].id == jobs[1].id
    assert len(list(workshop.models.iterdir())) == 1


def test_a_form_that_is_gone_back_to_and_changed_gives_another_job(workshop: Workshop) -> None:
    first = {"recipe": "dense-512", "settings": TINY}
    second = {"recipe": "dense-512", "settings": {**TINY, "epochs": 7}}

    jobs = [workshop.book.submit("train", sent, "me", "one") for sent in (first, second, second)]

    assert jobs[0].id != jobs[1].id == jobs[2].id
    assert read_details(workshop.run_of(jobs[1]))["settings"]["epochs"] == 7


@pytest.mark.parametrize("sent", ["x" * 99, "a\0b", "\0", "\udc80"])
def test_a_ticket_is_kept_as_every_database_can(workshop: Workshop, sent: str) -> None:
    job = workshop.book.submit("train", {"recipe": "dense-512", "settings": TINY}, "me", sent)

    assert re.fullmatch("[0-9a-f]{64}", str(job.ticket))


def test_a_kind_of_job_that_a_newer_release_has_waits_for_a_newer_worker(
    workshop: Workshop,
) -> None:
    moment = datetime.now(timezone.utc)
    with workshop.database.session() as session:
        session.add(Job(kind="polish", queue="short", arguments={}, submitted_by="me",
                        submitted_at=moment))  # fmt: skip
    known = workshop.submit("fetch")

    with workshop.database.reading() as session:
        assert claims.oldest_queued(session, "short") == known.id


def test_a_training_that_is_withdrawn_takes_its_empty_run_with_it(workshop: Workshop) -> None:
    job = workshop.train()

    withdrawn = workshop.book.stop(job.id)

    assert withdrawn is not None
    assert (withdrawn.state, withdrawn.reason) == ("stopped", "withdrawn")
    assert list(workshop.models.iterdir()) == []


def test_a_job_that_was_withdrawn_cannot_be_claimed(workshop: Workshop) -> None:
    job = workshop.train()
    workshop.book.stop(job.id)

    with workshop.database.session() as session:
        claimed = claims.claim(session, job.id, "here:1:a")

    assert claimed is None


def test_a_running_job_is_asked_to_end_and_then_ended_at_once(workshop: Workshop) -> None:
    job, worker = workshop.train(), _worker(workshop)
    with workshop.database.session() as session:
        claims.claim(session, job.id, worker.id)

    asked = [workshop.book.stop(job.id, at_once=one) for one in (False, False, True, False)]

    assert [found.wanted for found in asked if found] == [1, 1, 2, 2]
    assert workshop.look(job).state == "running"


def test_what_is_queued_running_or_finished_is_not_resumed(workshop: Workshop) -> None:
    job = workshop.train()
    run = str(job.run)

    assert not workshop.book.can_resume(run)
    with workshop.database.session() as session:
        claims.claim(session, job.id, "here:1:a")
        claims.finish(session, job.id, "here:1:a", Outcome("stopped"))
    assert workshop.book.can_resume(run)

    with held(workshop.models / run):
        assert not workshop.book.can_resume(run)
    _finish_run(workshop, run, "finished")
    with pytest.raises(JobRefusedError, match="not_resumable"):
        workshop.submit("resume", run=run)


@pytest.mark.parametrize("name", ["absent", "../outside", ""])
def test_jobs_about_a_run_that_is_not_there_are_refused(workshop: Workshop, name: str) -> None:
    with pytest.raises(JobRefusedError, match="no_run"):
        workshop.submit("gates", run=name)

    assert workshop.book.count() == 0


def test_a_silent_workers_job_is_lost_until_it_is_heard_of_again(workshop: Workshop) -> None:
    job, worker = workshop.train(), _worker(workshop)
    with workshop.database.session() as session:
        claims.claim(session, job.id, worker.id)
        session.merge(worker).seen_at = worker.seen_at - LEASE

    lost = workshop.look(job)
    with workshop.database.session() as session:
        claims.beat(session, worker, [job.id])
    found = workshop.look(job)

    assert (lost.state, lost.reason) == ("failed", "lost")
    assert (found.state, found.reason, found.finished_at) == ("running", None, None)


def test_a_job_that_its_worker_knows_nothing_of_is_lost(workshop: Workshop) -> None:
    job, worker = workshop.train(), _worker(workshop)
    with workshop.database.session() as session:
        claims.claim(session, job.id, worker.id)

    with workshop.database.session() as session:
        claims.beat(session, worker, [])

    assert workshop.look(job).reason == "lost"


def test_only_the_worker_that_has_a_job_ends_it(workshop: Workshop) -> None:
    job, worker = workshop.train(), _worker(workshop)
    with workshop.database.session() as session:
        claims.claim(session, job.id, worker.id)

    with workshop.database.session() as session:
        claims.finish(session, job.id, "another", Outcome("finished", 0))

    assert workshop.look(job).state == "running"
