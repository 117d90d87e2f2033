"""What runs read in the corrected drawings: asked once each, and counted as they are labelled now.

A reading is kept with its correction and goes with it; runs know nothing of it. Rejected drawings
are not asked about: nobody knows what they are.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from recognizer.photos.kept_ink import picture_in
from recognizer.prediction import Prediction
from recognizer.strokes import read_drawing
from webapp.corrections.finding import is_read_by
from webapp.corrections.tables import (
    ACCEPTED,
    WAITING,
    CorrectedDrawing,
    Correction,
    CorrectionReading,
)
from webapp.protocols import RecognizesDigits
from webapp.storage.database import Database

_BATCH = 100


@dataclass(frozen=True)
class Progress:
    """Says how many drawings were asked about, and how many are left."""

    asked: int
    left: int


@dataclass(frozen=True)
class Score:
    """Says how a run reads some corrections.

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


def ask(
    database: Database,
    recognizer: RecognizesDigits,
    run: str,
    *,
    also_waiting: bool = False,
    seconds: float = math.inf,
) -> Progress:
    """Ask about the accepted drawings that a run has not been asked about.

    Args:
        database: where they are.
        recognizer: asks the run; where it asks another one, no further batch is begun.
        run: its name.
        also_waiting: ask about those, too, that nobody has judged.
        seconds: after which no further batch is begun.

    Raises:
        NoModelError: there is no run to ask.
        DatabaseAwayError: what was answered until then is kept.
    """
    end, asked = time.monotonic() + seconds, 0
    states = (ACCEPTED, WAITING) if also_waiting else (ACCEPTED,)
    is_read = select(CorrectionReading.run).where(is_read_by(run)).exists()
    is_left = and_(Correction.state.in_(states), ~is_read)
    while batch := _next(database, is_left):
        predictions = [_read(recognizer, one.drawing) for one in batch]
        _keep(database, batch, predictions)
        asked += len(batch)
        is_another = any(prediction.model.run != run for prediction in predictions)
        if is_another or time.monotonic() >= end:  # another run is served by now: start anew
            break
    with database.reading() as session:
        left = session.scalar(select(func.count(Correction.id)).where(is_left)) or 0
    return Progress(asked, left)


def _read(recognizer: RecognizesDigits, drawing: CorrectedDrawing) -> Prediction:
    if drawing.image is not None:
        return recognizer.recognize_picture(picture_in(drawing.image), "digit", images=False)
    document = {"strokes": json.loads(drawing.strokes), "mode": drawing.mode}
    return recognizer.recognize(read_drawing(document))


def score(session: Session, run: str, *, held_out: bool | None = None) -> Score:
    """Count how a run reads the accepted corrections: all, those held out or trained on.

    Args:
        session: is only read from.
        run: a run's name; it need not be there any more.
        held_out: whether those held out of training, or the others; None for both.
    """
    right = CorrectionReading.answer == Correction.label
    query = (
        select(func.count(), func.count(CorrectionReading.answer), func.count().filter(right))
        .select_from(Correction)
        .outerjoin(CorrectionReading, is_read_by(run))
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
    """The newest corrections that only one of two runs reads right, first those read right now.

    Args:
        session: is only read from.
        run: the one that is asked about, as the served one.
        before: the one it is compared with.
        limit: how many at most.
    """
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


def _next(database: Database, is_left: ColumnElement[bool]) -> Sequence[Correction]:
    query = select(Correction).where(is_left).order_by(Correction.id).limit(_BATCH)
    with database.reading() as session:
        return session.scalars(query.options(selectinload(Correction.drawing))).all()


def _keep(
    database: Database, batch: Sequence[Correction], predictions: Sequence[Prediction]
) -> None:
    with database.session() as session:
        ids = [correction.id for correction in batch]
        there = select(Correction.id, Correction.at).where(Correction.id.in_(ids))
        moments = {row.id: row.at for row in session.execute(there.with_for_update())}
        for correction, prediction in zip(batch, predictions, strict=True):
            # Taken back or given anew in the meantime: another moment, another drawing.
            if moments.get(correction.id) == correction.at:
                read = {"run": prediction.model.run, "answer": prediction.text}
                session.merge(CorrectionReading(correction_id=correction.id, **read))
