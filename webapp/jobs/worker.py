"""``python -m webapp.jobs.worker``: take jobs from the table and have the trainer do them.

One process, one thread.  It runs one training at a time and, beside it, one short job, so that
nobody waits for hours to activate a run.  SIGTERM or Ctrl-C: it takes nothing more, asks its jobs
for a clean end and waits for it; a second time: it ends them at once.
"""

from __future__ import annotations

import os
import platform
import secrets
import selectors
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from importlib.util import find_spec
from types import FrameType
from typing import TypeVar

import click
import structlog

from recognizer import VERSION
from webapp import request_log
from webapp.configuration import Configuration, ConfigurationError, read_configuration
from webapp.corrections.export import lines
from webapp.jobs import claims
from webapp.jobs.audit_lines import line_about
from webapp.jobs.child import Restraint
from webapp.jobs.kinds import QUEUES, SHORT, Place, place_of
from webapp.jobs.outcome import CRASHED, Outcome
from webapp.jobs.supplies import Supplies
from webapp.jobs.tables import END, END_AT_ONCE, FAILED, GO_ON, Job, Worker
from webapp.jobs.task import Task
from webapp.storage.database import Database, DatabaseAwayError

Result = TypeVar("Result")
_TICK_SECONDS = 0.5
_ASK_SECONDS = 1.0  # between two questions for a job, while there is none
_BEATS_WITHIN_LEASE = 5
_log = structlog.get_logger()


class JobWorker:
    """Takes jobs and attends to them until somebody asks for its end."""

    def __init__(
        self,
        database: Database,
        place: Place,
        restraint: Restraint,
        lease: timedelta,
        supplies: Supplies,
    ) -> None:
        self._database = database
        self._place = place
        self._supplies = supplies
        self._restraint = restraint
        self._beat_seconds = lease.total_seconds() / _BEATS_WITHIN_LEASE
        self._lease = lease
        self._selector = selectors.DefaultSelector()
        self._tasks: dict[str, Task] = {}  # by queue
        self._outcomes: dict[str, Outcome] = {}  # of ended ones that are not written down yet
        self._wanted = GO_ON
        self._beat_at = 0.0
        self._ask_at: dict[str, float] = {}
        self.worker = Worker(
            id=f"{platform.node()[:80]}:{os.getpid()}:{secrets.token_hex(4)}",
            host=platform.node()[:80],
            pid=os.getpid(),
            can_train=find_spec("keras") is not None and find_spec("tensorflow") is not None,
        )

    def work(self) -> None:
        """Work until the end."""
        while self._try(self._enrol) is None and self._wanted == GO_ON:
            time.sleep(1)
        self._try(self._clear_away)
        _log.info("worker started", worker=self.worker.id, can_train=self.worker.can_train)
        try:
            while self._wanted == GO_ON or self._tasks:
                self._tick()
        finally:
            self._try(self._leave)
        _log.info("worker ended", worker=self.worker.id)

    def ask_to_end(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask for the end, in good order; asked again, at once.  Fits as a signal handler."""
        self._wanted = END if self._wanted == GO_ON else END_AT_ONCE

    def _tick(self) -> None:
        if self._wanted == GO_ON:
            self._take_jobs()
        self._selector.select(_TICK_SECONDS)
        self._try(self._look)
        for queue, task in list(self._tasks.items()):
            self._attend(queue, task)
        if time.monotonic() >= self._beat_at:
            self._beat_at = time.monotonic() + self._beat_seconds
            self._try(self._beat)

    def _take_jobs(self) -> None:
        for queue in QUEUES if self.worker.can_train else (SHORT,):
            if queue not in self._tasks and (job := self._next(queue)):
                self._start(queue, job)

    def _next(self, queue: str) -> Job | None:
        """The job of this queue that has waited longest, if it is ours now."""
        if time.monotonic() < self._ask_at.get(queue, 0.0):
            return None
        job = self._try(partial(self._claim_oldest, queue))
        self._ask_at[queue] = time.monotonic() + (0.0 if job else _ASK_SECONDS)
        return job

    def _start(self, queue: str, job: Job) -> None:
        try:
            self._supplies.lay_out(job)
            task = Task(job, self._place, self._restraint, self._selector)
        except Exception as error:  # whatever is wrong with this job, others shall be done
            _log.error("a job cannot be started", job=job.id, exc_info=error)
            outcome = Outcome(FAILED, None, CRASHED, repr(error))
            self._try(partial(self._finish, job.id, outcome))
            self._try(self._clear_away)
            return
        self._tasks[queue] = task
        _log.info("job started", job=job.id, kind=job.kind, run=job.run, pid=task.pid)

    def _attend(self, queue: str, task: Task) -> None:
        if queue not in self._outcomes:
            task.end(self._wanted, by_worker=True)
            outcome = task.attend()
            if outcome is None:
                return
            _log.info("job ended", job=task.job_id, state=outcome.state, reason=outcome.reason)
            self._outcomes[queue] = outcome
        # Kept until it is written down, for the database may be away just now.
        if self._try(partial(self._finish, task.job_id, self._outcomes[queue])):
            del self._tasks[queue], self._outcomes[queue]
            self._try(self._clear_away)

    def _look(self) -> None:
        """See whether somebody wants one of our jobs to end."""
        if not self._tasks:
            return
        with self._database.reading() as session:
            wanted = claims.what_is_wanted(session, [task.job_id for task in self._tasks.values()])
        for task in self._tasks.values():
            task.end(wanted.get(task.job_id, GO_ON))

    def _beat(self) -> None:
        with self._database.session() as session:
            jobs = [task.job_id for task in self._tasks.values()]
            claims.beat(session, self.worker, jobs)
            claims.give_up_lost(session, self._lease)

    def _enrol(self) -> bool:
        with self._database.session() as session:
            claims.enrol(session, self.worker)
        return True

    def _leave(self) -> None:
        with self._database.session() as session:
            claims.leave(session, self.worker.id)

    def _claim(self, job_id: int) -> Job | None:
        with self._database.session() as session:
            return claims.claim(session, job_id, self.worker.id)

    def _claim_oldest(self, queue: str) -> Job | None:
        with self._database.reading() as session:
            job_id = claims.oldest_queued(session, queue)
        return None if job_id is None else self._claim(job_id)

    def _finish(self, job_id: int, outcome: Outcome) -> bool:
        with self._database.session() as session:
            claims.finish(session, job_id, self.worker.id, outcome)
            job = session.get(Job, job_id)
            if job and job.worker == self.worker.id and (line := line_about(job, outcome)):
                session.add(line)
        return True

    def _clear_away(self) -> None:
        """Remove what no job reads any more, also what a worker left that was killed."""
        if names := self._supplies.names():
            with self._database.reading() as session:
                running = claims.running_names(session)
            self._supplies.clear_away(names - running)

    def _try(self, action: Callable[[], Result]) -> Result | None:
        """Do something that needs the database, which may be away: a training goes on meanwhile."""
        try:
            return action()
        except DatabaseAwayError as error:
            _log.warning("the database cannot be reached", reason=str(error))
            return None


@click.command()
@click.version_option(VERSION, prog_name="Nét")
def main() -> None:
    """Do what the admin pages ask for, until SIGTERM; settings are read from the environment."""
    try:
        configuration = read_configuration(os.environ)
    except ConfigurationError as error:
        print(f"the worker cannot start: {error}", file=sys.stderr)
        sys.exit(2)
    request_log.start(configuration)
    worker = make_worker(configuration)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.ask_to_end)
    worker.work()


def make_worker(configuration: Configuration) -> JobWorker:
    """The worker that the settings describe."""
    database, place = Database(configuration.database_address), place_of(configuration)
    return JobWorker(
        database,
        place,
        Restraint(configuration.training_threads, configuration.worker_nice),
        timedelta(seconds=configuration.worker_lease_seconds),
        Supplies(
            place,
            trained_on=partial(lines, database, all_labels=True),
            held_out=partial(lines, database, all_labels=True, held_out=True),
        ),
    )


if __name__ == "__main__":
    main(prog_name="python -m webapp.jobs.worker")
