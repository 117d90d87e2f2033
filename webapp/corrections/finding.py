"""Find corrections: filtered for a list, counted for a summary, page by page for an export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from webapp.corrections.tables import (
    ACCEPTED,
    ORIGINS,
    STATES,
    CorrectedDrawing,
    Correction,
    CorrectionReading,
)
from webapp.storage.database import Database

NOT_A_DIGIT, NUMBER = "none", "number"  # of labels and answers, where they are no digit
KINDS = (*"0123456789", NUMBER, NOT_A_DIGIT)
RIGHT, WRONG, UNASKED = "right", "wrong", "unasked"  # how the current run reads it
READINGS = (RIGHT, WRONG, UNASKED)
ORDERS = ("newest", "oldest", "surest", "least_sure")

_BATCH = 500
Text = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


@dataclass(frozen=True)
class Filter:
    """Says which corrections are wanted; empty and None mean any.

    Attributes:
        state: one of STATES.
        label, answer: one of KINDS.
        run, verdict: of the answer.
        origin: one of ORIGINS.
        reading: one of READINGS, about the run ``current``.
        is_held_out: of training.
        since, until: days in UTC, both ends included.
    """

    state: str = ""
    label: str = ""
    answer: str = ""
    run: str = ""
    verdict: str = ""
    origin: str = ""
    reading: str = ""
    current: str = ""
    is_held_out: bool | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Count:
    """Says how many corrections share a label kind, run and state, and how they read today."""

    kind: str
    run: str | None
    state: str
    total: int
    asked: int  # of them, by the current run
    right: int  # of those asked


def find(
    session: Session, wanted: Filter, order: str, limit: int, offset: int = 0
) -> Sequence[Correction]:
    """Some of the corrections, with their drawings and what the run ``current`` reads in them.

    Args:
        session: is only read from.
        wanted: which of them.
        order: one of ORDERS; anything else is the newest first.
        limit: how many at most.
        offset: how many of the order are left out before.
    """
    query = select(Correction).where(*_conditions(wanted)).order_by(*_order(order))
    query = query.options(*_parts(wanted.current)).limit(limit).offset(offset)
    return session.scalars(query).all()


def find_one(session: Session, correction_id: str, current: str) -> Correction | None:
    """A correction with its drawing and what a run reads in it; None where there is none such."""
    return session.get(Correction, correction_id.replace("\0", ""), options=_parts(current))


def _parts(current: str) -> Sequence[ORMOption]:
    readings = Correction.readings.and_(CorrectionReading.run == current)
    return selectinload(Correction.drawing), selectinload(readings)


def count(session: Session, wanted: Filter) -> int:
    """Count the corrections."""
    return session.scalar(select(func.count(Correction.id)).where(*_conditions(wanted))) or 0


def count_trainable(session: Session, *, with_no_digits: bool) -> int:
    """Count the corrections to learn from: accepted ones that are not held out.

    Args:
        session: of the database.
        with_no_digits: whether also drawings of what is no digit; numbers never count.
    """
    kind = _kind(Correction.label)
    is_drawn = CorrectedDrawing.image.is_(None)
    is_no_digit = and_(kind == NOT_A_DIGIT, is_drawn) if with_no_digits else false()
    query = (
        select(func.count(Correction.id))
        .join(CorrectedDrawing)
        .where(Correction.state == ACCEPTED, Correction.is_held_out.is_(False))
        .where(or_(kind.in_(KINDS[:10]), is_no_digit))
    )
    return session.scalar(query) or 0


def count_all(session: Session, current: str) -> list[Count]:
    """Count all corrections; ``current`` is the run that answers, empty if there is none."""
    kind = _kind(Correction.label)
    is_right = CorrectionReading.answer == Correction.label
    query = select(
        kind, Correction.run, Correction.state, func.count(),
        func.count(CorrectionReading.answer), func.count().filter(is_right),
    ).select_from(Correction).outerjoin(CorrectionReading, is_read_by(current))  # fmt: skip
    rows = session.execute(query.group_by(kind, Correction.run, Correction.state))
    return [Count(*row) for row in rows]


def is_read_by(run: str) -> ColumnElement[bool]:
    """Whether a reading is a run's of a correction: joins the two tables."""
    return and_(CorrectionReading.correction_id == Correction.id, CorrectionReading.run == run)


def walk(database: Database, wanted: Filter) -> Iterator[Correction]:
    """Every correction with its drawing, in the order of their ids, however many there are.

    No connection is held while the caller works: a slow download would hold it for long.
    """
    last = ""
    while True:
        query = (
            select(Correction)
            .where(*_conditions(wanted), Correction.id > last)
            .order_by(Correction.id)
            .options(selectinload(Correction.drawing))
            .limit(_BATCH)
        )
        with database.reading() as session:
            batch = session.scalars(query).all()
        yield from batch
        if len(batch) < _BATCH:
            return
        last = batch[-1].id


def _order(order: str) -> tuple[ColumnElement[Any], ...]:
    columns: dict[str, ColumnElement[Any]] = {
        "oldest": Correction.at.asc(),
        "surest": Correction.confidence.desc().nulls_last(),
        "least_sure": Correction.confidence.asc().nulls_last(),
    }
    return columns.get(order, Correction.at.desc()), Correction.id.asc()


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state in STATES:
        found.append(Correction.state == wanted.state)
    if wanted.label in KINDS:
        found.append(_kind(Correction.label) == wanted.label)
    if wanted.answer in KINDS:
        found.append(_kind(Correction.answer) == wanted.answer)
    if wanted.run:
        found.append(Correction.run == wanted.run)
    if wanted.verdict:
        found.append(Correction.verdict == wanted.verdict)
    if wanted.origin in ORIGINS:
        found.append(Correction.origin == wanted.origin)
    if wanted.reading in READINGS:
        found.append(_reads(wanted.reading, wanted.current))
    if wanted.is_held_out is not None:
        found.append(Correction.is_held_out == wanted.is_held_out)
    if wanted.since:
        found.append(Correction.at >= _midnight(wanted.since))
    if wanted.until and wanted.until < date.max:
        found.append(Correction.at < _midnight(wanted.until + timedelta(days=1)))
    return found


def _kind(text: Text) -> ColumnElement[str]:
    """Tell a label or an answer by its digit, or what else it is; NULL where it is not known."""
    length = func.length(text)
    return case((length == 0, NOT_A_DIGIT), (length == 1, text), (length > 1, NUMBER))


def _reads(reading: str, current: str) -> ColumnElement[bool]:
    found = select(CorrectionReading.run).where(is_read_by(current))
    if reading == UNASKED:
        return ~found.exists()
    is_right = CorrectionReading.answer == Correction.label
    return found.where(is_right if reading == RIGHT else ~is_right).exists()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.utc)
