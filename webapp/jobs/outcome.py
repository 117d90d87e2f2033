"""How a job ended, told from its command's exit status, its output, and the run it was about.

``python -m trainer --help`` says what the statuses mean: 0 done, 1 stopped before the end, 2 it
cannot be done and a line says why.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.jobs.kinds import Kind
from webapp.jobs.tables import FAILED, FINISHED, STOPPED

ASKED = "asked"  # somebody stopped it from a page
AT_ONCE = "at_once"  # somebody did not want to wait for its clean end
WITHDRAWN = "withdrawn"  # before it began
WORKER_ENDED = "worker_ended"  # in good order, and took its job with it
ELSEWHERE = "elsewhere"  # the training was asked to stop by other means
REFUSED = "refused"  # the trainer says what is missing or wrong
KILLED = "killed"  # by a signal that nobody here sent
CRASHED = "crashed"
LOST = "lost"  # with the worker that had it
REASONS = (
    ASKED, AT_ONCE, WITHDRAWN, WORKER_ENDED, ELSEWHERE, REFUSED, KILLED, CRASHED, LOST
)  # fmt: skip

_SAYS = "trainer: "
_MAX_DETAIL = 2_000  # characters


@dataclass(frozen=True)
class Outcome:
    """A job's end, as its row holds it."""

    state: str
    exit_status: int | None = None
    reason: str | None = None
    detail: str | None = None
    result: Any = None


@dataclass(frozen=True)
class Ending:
    """Holds what is known when a command has ended.

    Attributes:
        exit_status: negative where a signal ended it.
        ended_by: why this worker asked it to end: ``ASKED``, ``AT_ONCE``, ``WORKER_ENDED``; or
            None.
        output: standard output, of the kinds that give JSON.
        last_lines: of the log.
        run: what the run's run.json holds now; empty where the job is about none.
    """

    exit_status: int
    ended_by: str | None
    output: bytes
    last_lines: str
    run: Mapping[str, Any]


def judge(kind: Kind, ending: Ending) -> Outcome:
    """Say what a command's end means."""
    status = ending.exit_status
    result = _result(ending.output) if kind.gives_json else None
    if status == 0 or (kind.may_refuse and status == 2 and result is not None):
        return Outcome(FINISHED, status, result=result)
    was_stopped = kind.trains and ending.run.get("status") == "stopped" and status == 1
    if ending.ended_by or was_stopped:
        return Outcome(STOPPED, status, ending.ended_by or ELSEWHERE, result=result)
    if status < 0:
        return Outcome(FAILED, status, KILLED, _signal_name(-status))
    reason = REFUSED if status == 2 else CRASHED
    return Outcome(FAILED, status, reason, _explanation(ending), result)


def _result(output: bytes) -> Any:
    try:
        return json.loads(output, parse_constant=lambda _: None)  # PostgreSQL takes no NaN
    except ValueError:
        return None


def _explanation(ending: Ending) -> str | None:
    """The trainer's own sentence, else the reason in run.json, else the last line there is."""
    lines = [line.strip() for line in ending.last_lines.splitlines() if line.strip()]
    said = [line.removeprefix(_SAYS) for line in lines if line.startswith(_SAYS)]
    written = ending.run.get("reason") if ending.run.get("status") == "failed" else None
    found = [*said[-1:], *([str(written)] if written else []), *lines[-1:]]
    # PostgreSQL cannot store a zero, which a process that crashes may print.
    return found[0].replace("\0", "")[:_MAX_DETAIL] if found else None


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
