"""What the log says of an activation when it has come to its end, long after it was asked for."""

from __future__ import annotations

from webapp.accounts.tables import NAME_LENGTH, AuditLine
from webapp.jobs.outcome import Outcome
from webapp.jobs.tables import Job
from webapp.storage.tables import now

ACTIVATED, FORCED, NOT_ACTIVATED = "run.activated", "run.forced", "run.not_activated"


def activation_line(job: Job, outcome: Outcome) -> AuditLine | None:
    """The line about a job that has ended; None for a job of another kind."""
    if job.kind != "activate":
        return None
    result = outcome.result if isinstance(outcome.result, dict) else {}
    gates = [gate for gate in result.get("gates", []) if isinstance(gate, dict)]
    closed = [str(gate.get("name")) for gate in gates if not gate.get("passed")]
    action = NOT_ACTIVATED
    if result.get("activated"):
        action = FORCED if closed else ACTIVATED
    details = {"job": job.id, "not_passed": closed, "reason": job.arguments.get("force")}
    return AuditLine(
        at=now(),
        person=str(job.submitted_by)[:NAME_LENGTH],
        address="",
        action=action,
        subject=job.run or "",
        details={key: value for key, value in details.items() if value},
    )
