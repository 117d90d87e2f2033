"""What became of asking a run's gates: the newest answer, and the job that is at it now.

The trainer asks them in a child of a worker; here its answers are only found again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.admin.releases.gate_words import GateWords, in_words
from webapp.jobs.tables import Job
from webapp.services import services

GATES, ACTIVATE = "gates", "activate"


@dataclass(frozen=True)
class GateAnswers:
    """What is known about a run's gates.

    Attributes:
        gates: the newest answers, in words; none if nobody has asked.
        asked_at: when they were found.
        pending: the job that asks them, or activates the run, now.
        failed: the newest job, where it came to its end without an answer.
        refused: the newest job, where it asked to activate the run and a gate was closed.
    """

    gates: Sequence[GateWords]
    asked_at: datetime | None
    pending: Job | None
    failed: Job | None
    refused: Job | None

    @property
    def closed(self) -> list[GateWords]:
        """The gates that were not passed."""
        return [gate for gate in self.gates if not gate.passed]


def gate_answers(run: str) -> GateAnswers:
    """Find out what is known about a run's gates."""
    jobs = [job for job in services().jobs.of_run(run) if job.kind in (GATES, ACTIVATE)]
    newest = next(iter(jobs), None)
    answered = next((job for job in jobs if _gates(job)), None)
    over = newest if newest and newest.is_over else None
    return GateAnswers(
        gates=[in_words(gate) for gate in _gates(answered)],
        asked_at=answered.finished_at if answered else None,
        pending=newest if newest and not newest.is_over else None,
        failed=over if over and over is not answered else None,
        refused=over if over and over is answered and _is_refused(over) else None,
    )


def _is_refused(job: Job) -> bool:
    return job.kind == ACTIVATE and not (job.result or {}).get("activated")


def _gates(job: Job | None) -> list[dict[str, object]]:
    result = job.result if job else None
    gates = result.get("gates") if isinstance(result, dict) else None
    return gates if isinstance(gates, list) else []
