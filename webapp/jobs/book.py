"""The book of jobs, as the web app uses it: submit one, look them up, stop one.

What workers do with them is for :mod:`webapp.jobs.worker`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.exc import IntegrityError

from webapp.configuration import Configuration
from webapp.jobs.claims import any_lost, give_up_lost, living_workers
from webapp.jobs.job_runs import (
    JobRefusedError,
    check_resumable,
    find_run,
    queue_run,
    remove_unbegun,
)
from webapp.jobs.kinds import KINDS, Arguments, Place, place_of, trains_a_run
from webapp.jobs.outcome import WITHDRAWN
from webapp.jobs.tables import (
    ACTIVE,
    END,
    END_AT_ONCE,
    QUEUED,
    RUNNING,
    STOPPED,
    Job,
    Worker,
)  # fmt: skip
from webapp.storage.clock import database_time
from webapp.storage.database import Database


class JobBook:
    """All jobs of one installation."""

    def __init__(self, database: Database, place: Place, lease: timedelta) -> None:
        """``lease``: how long a worker may be silent until it counts as dead."""
        self._database = database
        self._lease = lease
        self._place = place

    def submit(self, kind: str, arguments: Arguments, by: str, ticket: str | None = None) -> Job:
        """Put a job into the queue.

        Args:
            kind: a key of KINDS.
            arguments: ``train``: recipe, settings, seed, corrections; ``resume``, ``gates``: run;
                ``activate``: run, force, by; ``report``: run, language; ``export``: run, format;
                ``compare``: runs.
            by: name of whoever wants it.
            ticket: of the form, whatever was sent; the job that the form has given already, filled
                in alike, is returned again.

        Raises:
            JobRefusedError: there is no such run, or it cannot be gone on with now.
            SettingsError: there is no such recipe, or a setting has a value it cannot have.
            TrainerError: the run's folder cannot be made.
            DatabaseAwayError: nothing can be written down, so nothing was done.
        """
        ticket = _ticket_of(ticket, kind, arguments) if ticket else None
        if ticket and (known := self._by_ticket(ticket)):
            return known
        run = self._prepare(kind, arguments)
        try:
            return self._add(kind, arguments, run, by, ticket)
        except BaseException as error:
            if kind == "train" and run:
                remove_unbegun(self._place.models, run)
            known = (
                self._by_ticket(ticket) if ticket and isinstance(error, IntegrityError) else None
            )
            if known is None:
                raise
            return known  # the same form, sent at the same moment

    def find(self, job_id: int) -> Job | None:
        """A job by its number."""
        return next(iter(self._select(select(Job).where(Job.id == job_id))), None)

    def list(
        self, limit: int = 50, offset: int = 0, states: Sequence[str] = (), kind: str = ""
    ) -> Sequence[Job]:
        """Jobs in any of these states and of this kind, or of any; the newest first."""
        wanted = select(Job).where(Job.kind == kind) if kind else select(Job)
        return self._select(_in_states(wanted, states), limit, offset)

    def count(self, states: Sequence[str] = ()) -> int:
        """Count the jobs."""
        counted = select(func.count()).select_from(Job)
        with self._database.reading() as session:
            return session.scalar(_in_states(counted, states)) or 0

    def of_run(self, run: str) -> Sequence[Job]:
        """The jobs about a run, the newest first."""
        return self._select(select(Job).where(Job.run == run))

    def stop(self, job_id: int, *, at_once: bool = False) -> Job | None:
        """Withdraw a job that waits, or ask for the end of one that runs.

        A training ends within a batch and leaves a run that can be gone on with.

        Args:
            job_id: its number.
            at_once: whether a job that was asked before is killed, whatever it is at.
        """
        if not self._withdraw(job_id):
            with self._database.session() as session:
                running = update(Job).where(Job.id == job_id, Job.state == RUNNING)
                if at_once:
                    session.execute(running.where(Job.wanted == END).values(wanted=END_AT_ONCE))
                session.execute(running.where(Job.wanted < END).values(wanted=END))
        return self.find(job_id)

    def workers(self) -> Sequence[Worker]:
        """The workers that live."""
        with self._database.reading() as session:
            return living_workers(session, self._lease)

    def log_path(self, job_id: int) -> Path:
        """Say where the log of a job lies, if it has begun."""
        return self._place.log_of(job_id)

    def can_resume(self, run: str) -> bool:
        """Whether a run can be gone on with: not at its end, and nobody is at it."""
        try:
            self._check_resumable(run)
        except JobRefusedError:
            return False
        return True

    def _prepare(self, kind: str, arguments: Arguments) -> str | None:
        """See that the job can be done; the name of the run it is about."""
        if kind == "train":
            return queue_run(self._place, arguments)
        if kind == "resume":
            self._check_resumable(arguments["run"])
        named = [arguments["run"]] if "run" in arguments else arguments.get("runs", [])
        found = [find_run(self._place.models, name).name for name in named]
        return found[0] if len(found) == 1 else None

    def _check_resumable(self, run: str) -> None:
        check_resumable(self._place.models, run)
        trainings = [job for job in self.of_run(run) if trains_a_run(job.kind)]
        if any(job.state in ACTIVE for job in trainings):
            raise JobRefusedError("already", run=run)

    def _add(
        self, kind: str, arguments: Arguments, run: str | None, by: str, ticket: str | None
    ) -> Job:
        with self._database.session() as session:
            job = Job(
                kind=kind,
                queue=KINDS[kind].queue,
                run=run,
                arguments=dict(arguments),
                ticket=ticket,
                submitted_by=by,
                submitted_at=database_time(session),
            )
            session.add(job)
        return job

    def _by_ticket(self, ticket: str) -> Job | None:
        with self._database.reading() as session:
            return session.scalar(select(Job).where(Job.ticket == ticket))

    def _withdraw(self, job_id: int) -> bool:
        with self._database.session() as session:
            withdrawn = session.scalar(
                update(Job)
                .where(Job.id == job_id, Job.state == QUEUED)
                .values(state=STOPPED, reason=WITHDRAWN, finished_at=database_time(session))
                .returning(Job)
            )
        if withdrawn and withdrawn.kind == "train" and withdrawn.run:
            remove_unbegun(self._place.models, withdrawn.run)
        return withdrawn is not None

    def _select(
        self, wanted: Select[Job], limit: int | None = None, offset: int = 0
    ) -> Sequence[Job]:
        self._notice_lost()
        with self._database.reading() as session:
            found = wanted.order_by(Job.id.desc()).limit(limit).offset(offset)
            return session.scalars(found).all()

    def _notice_lost(self) -> None:
        """Mark jobs of dead workers as lost, for whoever looks, also if no worker lives."""
        with self._database.reading() as session:
            if not any_lost(session, self._lease):
                return
        self._database.write_or_lose(
            lambda session: give_up_lost(session, self._lease), "that jobs of dead workers are lost"
        )


def _ticket_of(form: str, kind: str, arguments: Arguments) -> str:
    """Make the ticket of a form as it is filled in: one that is changed may give another job."""
    content = json.dumps([form, kind, dict(arguments)], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def _in_states(query: Any, states: Sequence[str]) -> Any:
    return query.where(Job.state.in_(states)) if states else query


def make_book(configuration: Configuration, database: Database) -> JobBook:
    """The book that the settings describe."""
    lease = timedelta(seconds=configuration.worker_lease_seconds)
    return JobBook(database, place_of(configuration), lease)
