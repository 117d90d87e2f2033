"""Keep a correction, and let whoever gave it take it back; how many are kept is bounded here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.accounts.tokens import hash_of, new_token
from webapp.corrections.errors import FullError, NoCorrectionError
from webapp.corrections.holding_out import is_held_out
from webapp.corrections.reading import GivenCorrection
from webapp.corrections.tables import WAITING, CorrectedDrawing, Correction, CorrectionReading
from webapp.storage.database import Database, lock_table
from webapp.storage.tables import now

PLACE_BYTES = 16_384  # of a drawing's JSON; a usual one has 500 to 10,000


_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Kept:
    """A correction that is kept, and the secret by which it can be taken back."""

    id: str
    token: str


def keep(database: Database, given: GivenCorrection, language: str, most: int) -> Kept:
    """Keep a correction; one of an answer that was corrected before takes the earlier one's place.

    Args:
        database: where it is kept.
        given: what was sent.
        language: of whoever sent it.
        most: places that there are for all corrections.

    Raises:
        FullError: no place is left.
        DatabaseAwayError: it cannot be kept at the moment.
    """
    token = new_token()
    with database.session() as session:
        lock_table(session, Correction)
        earlier = _earlier(session, given.prediction)
        _require_room(session, given, earlier, most)
        correction = earlier or Correction(id=uuid4().hex, prediction=given.prediction)
        if not (earlier and _is_same(session, earlier, given)):
            if earlier:
                # It becomes another one, of which nothing is read yet.
                of_earlier = CorrectionReading.correction_id == earlier.id
                session.execute(delete(CorrectionReading).where(of_earlier))
            _write(session, correction, given, language)
        correction.token_hash = hash_of(token)
        session.add(correction)
    return Kept(correction.id, token)


def take_back(database: Database, correction_id: str, token: str) -> None:
    """Remove a correction for whoever gave it.

    Raises:
        NoCorrectionError: there is none of that id and token.
        DatabaseAwayError: it cannot be removed at the moment.
    """
    if not is_id(correction_id):
        raise NoCorrectionError
    with database.session() as session:
        found = session.scalar(
            select(Correction.id).where(
                Correction.id == correction_id, Correction.token_hash == hash_of(token)
            )
        )
        if found is None:
            raise NoCorrectionError
        remove(session, [found])


def is_id(text: str) -> bool:
    """Say whether a correction may have such an id."""
    return _ID.fullmatch(text) is not None


def remove(session: Session, ids: list[str]) -> None:
    """Remove corrections; their drawings and readings go with them, by their foreign keys."""
    session.execute(delete(Correction).where(Correction.id.in_(ids)))


def taken_places(session: Session) -> int:
    """Count the places that the corrections take which are there."""
    return session.scalar(select(func.coalesce(func.sum(Correction.places), 0))) or 0


def _earlier(session: Session, prediction: str | None) -> Correction | None:
    if prediction is None:
        return None
    return session.scalar(select(Correction).where(Correction.prediction == prediction))


def _require_room(
    session: Session, given: GivenCorrection, earlier: Correction | None, most: int
) -> None:
    freed = earlier.places if earlier else 0
    if taken_places(session) - freed + _places_of(given) > most:
        raise FullError


def _places_of(given: GivenCorrection) -> int:
    return -(-(len(given.strokes) + len(given.image or "")) // PLACE_BYTES)


def _is_same(session: Session, earlier: Correction, given: GivenCorrection) -> bool:
    """Say whether it is sent again, as when no answer came: an operator's word then holds."""
    drawing = session.get_one(CorrectedDrawing, earlier.id)
    kept = (earlier.given_label, drawing.strokes, drawing.image)
    return kept == (given.label, given.strokes, given.image)


def _write(session: Session, correction: Correction, given: GivenCorrection, language: str) -> None:
    answer = given.answer
    correction.at = now()
    correction.is_held_out = is_held_out(correction.at)
    correction.language = language
    correction.origin = given.origin
    correction.given_label = given.label
    correction.answer, correction.verdict = answer.text, answer.verdict
    correction.confidence, correction.run = answer.confidence, answer.run
    correction.places = _places_of(given)
    correction.state = WAITING
    correction.reviewed_label = correction.reviewed_by = correction.reviewed_at = None
    drawing = CorrectedDrawing(
        correction_id=correction.id, strokes=given.strokes, mode=given.mode, image=given.image
    )
    session.merge(drawing)
