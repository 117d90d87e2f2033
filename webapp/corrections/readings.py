"""What a run reads in the accepted corrections: asked once, and counted as they are accepted now.

A reading is kept with its correction and goes with it; runs know nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import LoadedRun
from webapp.corrections.agreement import read_drawing_again
from webapp.corrections.tables import ACCEPTED, Correction, CorrectionReading
from webapp.storage.database import Database

_BATCH = 100


@dataclass(frozen=True)
class Score:
    """How a run reads some corrections.

    Attributes:
        total: that there are.
        read: of them, those that the run was asked about.
        right: of those, how many it reads as corrected.
    """

    total: int = 0
    read: int = 0
    right: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the run was asked about all of them."""
        return self.read == self.total


def ask_run(database: Database, run: LoadedRun) -> int:
    """Ask a run about all accepted corrections that it was not asked about; returns how many.

    Raises:
        DatabaseAwayError: what was answered until then is kept.
    """
    recognizer, asked = Recognizer(run), 0
    while batch := _unread(database, run.name):
        answers = [read_drawing_again(recognizer, one.drawing).text for one in batch]
        _keep(database, run.name, batch, answers)
        asked += len(batch)
    return asked


def score(session: Session, run: str, *, held_out: bool | None = None) -> Score:
    """How a run reads the accepted corrections: all, those held out, or those trained on."""
    right = CorrectionReading.answer == Correction.label
    query = (
        select(func.count(), func.count(CorrectionReading.answer), func.count().filter(right))
        .select_from(Correction)
        .outerjoin(CorrectionReading, _is_of(run))
        .where(Correction.state == ACCEPTED)
    )
    if held_out is not None:
        query = query.where(Correction.is_held_out.is_(held_out))
    return Score(*session.execute(query).one())


@dataclass(frozen=True)
class ReadAnew:
    """A correction that one of two runs reads right and the other does not.

    Attributes:
        correction: with its drawing.
        answer: of the run that is asked about; empty for no digit.
        earlier: of the one before it.
    """

    correction: Correction
    answer: str
    earlier: str

    @property
    def is_right(self) -> bool:
        """Whether it is read right now."""
        return self.answer == self.correction.label


def read_otherwise(session: Session, run: str, before: str, limit: int) -> list[ReadAnew]:
    """The newest corrections that only one of two runs reads right, first those read right now."""
    now, earlier = aliased(CorrectionReading), aliased(CorrectionReading)
    is_right, was_right = now.answer == Correction.label, earlier.answer == Correction.label
    query = (
        select(Correction, now.answer, earlier.answer)
        .join(now, and_(now.correction_id == Correction.id, now.run == run))
        .join(earlier, and_(earlier.correction_id == Correction.id, earlier.run == before))
        .where(Correction.state == ACCEPTED)
        .where(or_(and_(is_right, ~was_right), and_(~is_right, was_right)))
        .order_by(case((is_right, 0), else_=1), Correction.at.desc(), Correction.id)
        .options(selectinload(Correction.drawing))
        .limit(limit)
    )
    return [ReadAnew(*row) for row in session.execute(query)]


def _is_of(run: str) -> ColumnElement[bool]:
    return and_(CorrectionReading.correction_id == Correction.id, CorrectionReading.run == run)


def _unread(database: Database, run: str) -> Sequence[Correction]:
    query = (
        select(Correction)
        .where(Correction.state == ACCEPTED)
        .where(~select(CorrectionReading.run).where(_is_of(run)).exists())
        .order_by(Correction.id)
        .options(selectinload(Correction.drawing))
        .limit(_BATCH)
    )
    with database.reading() as session:
        return session.scalars(query).all()


def _keep(
    database: Database, run: str, batch: Sequence[Correction], answers: Sequence[str]
) -> None:
    with database.session() as session:
        ids = [correction.id for correction in batch]
        there = select(Correction.id, Correction.at).where(Correction.id.in_(ids))
        moments = {row.id: row.at for row in session.execute(there.with_for_update())}
        for correction, answer in zip(batch, answers, strict=True):
            # Taken back or given anew in the meantime: another moment, another drawing.
            if moments.get(correction.id) == correction.at:
                session.merge(
                    CorrectionReading(run=run, correction_id=correction.id, answer=answer)
                )
