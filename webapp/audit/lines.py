"""Add lines about what was done, and find them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, func, or_, select
from sqlalchemy.orm import Session

from webapp.audit.tables import NAME_LENGTH, AuditLine
from webapp.storage.database import Database
from webapp.storage.tables import now

COMMAND_LINE = "(command line)"  # who acts where there is no request; no user can be called so


def write(
    database: Database,
    person: str,
    address: str,
    action: str,
    subject: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    """Add a line from outside of the app, as a worker process does.

    Args:
        database: where the line is kept; it is there when this returns.
        person: who did it; cut to what the column takes.
        address: that it came from.
        action: as ``run.resume``; webapp/admin/people/actions.py has its words.
        subject: what it was done to, as a run's name.
        details: whatever JSON can hold.
    """
    line = AuditLine(
        at=now(),
        person=person[:NAME_LENGTH],
        address=address,
        action=action,
        subject=subject.replace("\0", ""),  # which PostgreSQL cannot store
        details=dict(details or {}),
    )
    with database.session() as session:
        session.add(line)


@dataclass(frozen=True)
class Filter:
    """Says which lines to show; empty means any."""

    person: str = ""
    action: str = ""
    text: str = ""  # in the subject, the address or the details


def find_lines(session: Session, wanted: Filter, limit: int, offset: int = 0) -> list[AuditLine]:
    """Some of the lines, the newest first."""
    query = select(AuditLine).where(*_conditions(wanted)).order_by(AuditLine.id.desc())
    return list(session.scalars(query.limit(limit).offset(offset)))


def count_lines(session: Session, wanted: Filter) -> int:
    """Count the lines."""
    return session.scalar(select(func.count(AuditLine.id)).where(*_conditions(wanted))) or 0


def known_people(session: Session) -> list[str]:
    """Everybody who has done something, for the filter."""
    return list(session.scalars(select(AuditLine.person).distinct().order_by(AuditLine.person)))


def known_actions(session: Session) -> list[str]:
    """Everything that has been done, for the filter."""
    return list(session.scalars(select(AuditLine.action).distinct().order_by(AuditLine.action)))


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.person:
        conditions.append(AuditLine.person == wanted.person)
    if wanted.action:
        conditions.append(AuditLine.action == wanted.action)
    for word in wanted.text.split():
        places = (AuditLine.subject, AuditLine.address, AuditLine.details.cast(Text))
        conditions.append(or_(*(place.icontains(word, autoescape=True) for place in places)))
    return conditions
