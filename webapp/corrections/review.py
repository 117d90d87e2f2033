"""What an operator says of corrections: right, wrong, something else, or away with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.corrections.keeping import remove
from webapp.corrections.tables import ACCEPTED, Correction
from webapp.storage.database import Database
from webapp.storage.tables import now


def judge(database: Database, ids: Sequence[str], state: str, by: str) -> list[str]:
    """Give corrections a state, one of STATES; returns the ids of those that there are.

    Args:
        database: is changed at once, for all of them or none.
        ids: of corrections; those that are gone are passed over.
        state: one of STATES.
        by: name of the operator.
    """
    with database.session() as session:
        found = _those(session, ids)
        for correction in found:
            _sign(correction, state, by)
    return [correction.id for correction in found]


def relabel(database: Database, correction_id: str, label: str, by: str) -> list[str]:
    """Say what a drawing is, and accept it as that; what was said before is kept beside it.

    Args:
        database: is changed at once.
        correction_id: of the correction.
        label: digits, or empty for what is no digit.
        by: name of the operator.
    """
    with database.session() as session:
        found = _those(session, [correction_id])
        for correction in found:
            correction.reviewed_label = None if label == correction.given_label else label
            _sign(correction, ACCEPTED, by)
    return [correction.id for correction in found]


def discard(database: Database, ids: Sequence[str]) -> list[str]:
    """Remove corrections for good; returns the ids of those that there were."""
    with database.session() as session:
        found = [correction.id for correction in _those(session, ids)]
        remove(session, found)
    return found


def _those(session: Session, ids: Iterable[str]) -> Sequence[Correction]:
    query = select(Correction).where(Correction.id.in_(list(ids))).with_for_update()
    return session.scalars(query).all()


def _sign(correction: Correction, state: str, by: str) -> None:
    correction.state = state
    correction.reviewed_by = by
    correction.reviewed_at = now()
