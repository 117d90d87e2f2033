"""The tables of corrections: a slim row each for lists and counts, and its strokes beside it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String, Text, false, func
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from webapp.storage.tables import Moment, Table

LABEL_LENGTH = 32
PREDICTION_LENGTH = 64
RUN_LENGTH = 128
ANSWER_LENGTH = 256  # a digit for each stroke that a drawing may have
NAME_LENGTH = 64

WAITING, ACCEPTED, REJECTED = "waiting", "accepted", "rejected"
STATES = (WAITING, ACCEPTED, REJECTED)

CORRECTION, PRACTICE = "correction", "practice"
ORIGINS = (CORRECTION, PRACTICE)  # said of an answer, or written because it was asked for


class CorrectedDrawing(Table):
    """What was drawn, or a picture's digit; counting does not read this table."""

    __tablename__ = "corrected_drawings"

    correction_id: Mapped[str] = mapped_column(
        ForeignKey("corrections.id", ondelete="CASCADE"), primary_key=True
    )
    strokes: Mapped[str] = mapped_column(Text)  # JSON, as webapp.corrections.reading writes it
    mode: Mapped[str] = mapped_column(String(8))
    image: Mapped[str | None] = mapped_column(Text)  # a picture's digit, as a data address


class CorrectionReading(Table):
    """What a run reads in a corrected drawing; it goes with the correction."""

    __tablename__ = "correction_readings"

    run: Mapped[str] = mapped_column(String(RUN_LENGTH), primary_key=True)
    correction_id: Mapped[str] = mapped_column(
        ForeignKey("corrections.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    answer: Mapped[str] = mapped_column(String(ANSWER_LENGTH))  # empty: not a digit


class Correction(Table):
    """What somebody said that a drawing was, what had been answered, and what became of it.

    Nothing in it says who that was: no address, no cookie, no browser.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'accepted', 'rejected')", "state"),
        CheckConstraint("origin IN ('correction', 'practice')", "origin"),
        Index("ix_corrections_places", "places"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))  # of what takes it back
    prediction: Mapped[str | None] = mapped_column(String(PREDICTION_LENGTH), unique=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    is_held_out: Mapped[bool] = mapped_column(server_default=false())  # by the hour of arrival
    language: Mapped[str] = mapped_column(String(8))
    origin: Mapped[str] = mapped_column(String(10), server_default=CORRECTION)
    given_label: Mapped[str] = mapped_column(String(LABEL_LENGTH))  # empty: not a digit
    answer: Mapped[str | None] = mapped_column(String(ANSWER_LENGTH))
    verdict: Mapped[str | None] = mapped_column(String(16))
    confidence: Mapped[float | None] = mapped_column(Float)
    run: Mapped[str | None] = mapped_column(String(RUN_LENGTH))
    asked_run: Mapped[str | None] = mapped_column(String(RUN_LENGTH))  # unused since 0008
    asked_answer: Mapped[str | None] = mapped_column(String(ANSWER_LENGTH))  # unused since 0008
    places: Mapped[int]  # of those there are for all; a large drawing takes several
    state: Mapped[str] = mapped_column(String(8), default=WAITING)
    reviewed_label: Mapped[str | None] = mapped_column(String(LABEL_LENGTH))  # the operator's
    reviewed_by: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)

    label: Mapped[str] = column_property(func.coalesce(reviewed_label, given_label))
    """What it is: as an operator said, else as it was given."""

    drawing: Mapped[CorrectedDrawing] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    readings: Mapped[list[CorrectionReading]] = relationship(lazy="raise", viewonly=True)
