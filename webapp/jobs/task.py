"""A job that a worker is at: its child process, its log, and its way to an end."""

from __future__ import annotations

import os
import selectors
import shlex
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from recognizer.errors import RunError
from recognizer.runs.folder import read_details
from trainer.runs.state import STOP_FILE, is_alive, request_stop
from webapp.configuration import REPOSITORY, without_secrets
from webapp.jobs.child import Child, Restraint
from webapp.jobs.kinds import KINDS, Kind, Place, command_line
from webapp.jobs.log_file import LogFile, read_from
from webapp.jobs.outcome import ASKED, AT_ONCE, WORKER_ENDED, Ending, Outcome, judge
from webapp.jobs.tables import END, END_AT_ONCE, Job

_TAIL = 8_192  # bytes of the log that are searched for a reason


class Task:
    """A claimed job at work."""

    def __init__(
        self, job: Job, place: Place, restraint: Restraint, selector: selectors.BaseSelector
    ) -> None:
        """Start its command.

        Args:
            job: claimed by this worker.
            place: where jobs read and write; the log begins there.
            restraint: what its processes may take of the machine.
            selector: is told of the pipes that its output comes through.

        Raises:
            OSError: it cannot be started.
        """
        self.job_id = job.id
        self.kind = KINDS[job.kind]
        self._log_path = place.log_of(job.id)
        self._run = place.models / job.run if job.run else None
        self._ended_by: str | None = None
        self._has_begun = False
        self._was_asked = False
        log = LogFile(self._log_path)
        command = command_line(self.kind, job.arguments | {"run": job.run}, place)
        log.append(f"$ python {shlex.join(command[1:])}\n".encode())
        self._child = Child(
            command, _environment(self.kind), REPOSITORY, restraint, selector, log.append,
            keeps_output=self.kind.gives_json, is_private=self.kind.is_private,
        )  # fmt: skip

    @property
    def pid(self) -> int:
        """Number of the child process."""
        return self._child.pid

    def attend(self) -> Outcome | None:
        """Take what it prints, see to its end if one is wanted; how it ended, once it has."""
        self._child.read()
        self._notice_begin()
        if self._child.exit_status is not None:
            return self._end(self._child.exit_status)
        if self._ended_by == AT_ONCE:
            self._child.end_at_once()
        elif self._ended_by:
            self._ask_to_end()
        return None

    def end(self, wanted: int, by_worker: bool = False) -> None:
        """End it in good order or at once; a wish for less than one before changes nothing."""
        if wanted <= (END if self._ended_by else 0):
            return
        if wanted == END_AT_ONCE:
            self._ended_by = AT_ONCE
        elif wanted == END:
            self._ended_by = WORKER_ENDED if by_worker else ASKED

    def _ask_to_end(self) -> None:
        if not self._has_begun and not self._was_asked:
            self._child.ask_to_end()
            self._was_asked = True
        if self._has_begun and self._run and self._details().get("status") == "running":
            # Again and again: a training that is gone on with wipes it away when it begins.
            with suppress(OSError):
                request_stop(self._run)

    def _notice_begin(self) -> None:
        """Remember that a training has begun, which from then on is stopped in good order."""
        if self.kind.trains and self._run and not self._has_begun:
            is_running = self._details().get("status") == "running"
            self._has_begun = is_running and is_alive(self._run)

    def _end(self, exit_status: int) -> Outcome:
        self._child.read()
        self._child.close()
        if self._run and self.kind.trains:
            with suppress(OSError):
                (self._run / STOP_FILE).unlink()
        ending = Ending(
            exit_status=exit_status,
            ended_by=self._ended_by,
            output=self._child.output,
            last_lines=read_from(self._log_path, -_TAIL).text,
            run=self._details(),
        )
        return judge(self.kind, ending)

    def _details(self) -> Mapping[str, Any]:
        try:
            return read_details(self._run) if self._run else {}
        except RunError:
            return {}


def _environment(kind: Kind) -> dict[str, str]:
    """The worker's own, without what is none of the trainer's business."""
    known = without_secrets(os.environ) if kind.module == "trainer" else dict(os.environ)
    return {**known, "PYTHONUNBUFFERED": "1", "COLUMNS": "100"}
