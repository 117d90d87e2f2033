"""What a job's end adds to the log of actions: an activation is told when it has happened."""

from __future__ import annotations

from webapp.audit.tables import NAME_LENGTH, AuditLine
from webapp.jobs.outcome import Outcome
from webapp.jobs.tables import Job
from webapp.storage.tables import now


def line_about(job: Job, outcome: Outcome) -> AuditLine | None:
    """The line about a job that has ended; None where its request says all there is to say."""
    if job.kind != "activate":
        return None
    details = {"job": job.id, "force": job.arguments.get("force")}
    return AuditLine(
        at=now(),
        person=job.submitted_by[:NAME_LENGTH],
        address="",
        action=_action(job, outcome),
        subject=job.run or "",
        details={name: value for name, value in details.items() if value},
    )


def _action(job: Job, outcome: Outcome) -> str:
    result = outcome.result if isinstance(outcome.result, dict) else {}
    if result.get("activated"):
        was_refused = any(not gate.get("passed") for gate in result.get("gates") or [])
        return "run.force" if job.arguments.get("force") and was_refused else "run.activate"
    return "run.activation_refused" if result else "run.activation_failed"
