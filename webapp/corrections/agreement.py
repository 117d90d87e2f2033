"""Ask the run that answers today about the corrected drawings, and remember what it reads.

Each drawing is asked about once for a run. Rejected ones are left out: nobody knows what they are.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import selectinload

from recognizer.photos.kept_ink import picture_in
from recognizer.prediction import Prediction
from recognizer.strokes import read_drawing
from webapp.corrections.tables import REJECTED, CorrectedDrawing, Correction
from webapp.protocols import RecognizesDigits
from webapp.storage.database import Database

_BATCH = 100


@dataclass(frozen=True)
class Progress:
    """How many drawings were asked about, and how many are left to be."""

    asked: int
    left: int


def ask_again(
    database: Database, recognizer: RecognizesDigits, run: str, seconds: float
) -> Progress:
    """Ask about the drawings that a run has not been asked about, for a while.

    Args:
        database: where they are.
        recognizer: asks the run that answers.
        run: its name.
        seconds: after which no further batch is begun.

    Raises:
        NoModelError: there is no run to ask.
        DatabaseAwayError: as ever.
    """
    end, asked = time.monotonic() + seconds, 0
    while batch := _next(database, run):
        _remember(database, batch, [read_drawing_again(recognizer, one.drawing) for one in batch])
        asked += len(batch)
        if time.monotonic() >= end:
            break
    with database.reading() as session:
        left = session.scalar(select(func.count(Correction.id)).where(_is_left(run))) or 0
    return Progress(asked, left)


def read_drawing_again(recognizer: RecognizesDigits, drawing: CorrectedDrawing) -> Prediction:
    """What a recognizer says to a corrected drawing today.

    Raises:
        NoModelError: there is no run to ask.
    """
    if drawing.image is not None:
        return recognizer.recognize_picture(picture_in(drawing.image), "digit", images=False)
    document = {"strokes": json.loads(drawing.strokes), "mode": drawing.mode}
    return recognizer.recognize(read_drawing(document))


def _is_left(run: str) -> ColumnElement[bool]:
    is_new = or_(Correction.asked_run.is_(None), Correction.asked_run != run)
    return and_(Correction.state != REJECTED, is_new)


def _next(database: Database, run: str) -> Sequence[Correction]:
    query = select(Correction).where(_is_left(run)).order_by(Correction.id).limit(_BATCH)
    with database.reading() as session:
        return session.scalars(query.options(selectinload(Correction.drawing))).all()


def _remember(
    database: Database, batch: Sequence[Correction], predictions: Sequence[Prediction]
) -> None:
    with database.session() as session:
        for correction, prediction in zip(batch, predictions, strict=True):
            # Taken back or given anew in the meantime: another moment, another drawing.
            session.execute(
                update(Correction)
                .where(Correction.id == correction.id, Correction.at == correction.at)
                .values(asked_run=prediction.model.run, asked_answer=prediction.text)
            )
