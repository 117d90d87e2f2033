"""The table of what people call runs: a row for each run that has a name or a note."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.storage.tables import Moment, Table

RUN_LENGTH = 255  # as long as a folder's name may be
DISPLAY_NAME_LENGTH = 80
NOTE_LENGTH = 2000
PERSON_LENGTH = 64


class RunNote(Table):
    """A run's display name, as "10A, Tuesday", and a note; either may be empty, not both.

    A run that is removed on the command line leaves its row, which no later run inherits: a name
    holds the second in which its run was made.
    """

    __tablename__ = "run_notes"

    run: Mapped[str] = mapped_column(String(RUN_LENGTH), primary_key=True)
    display_name: Mapped[str] = mapped_column(String(DISPLAY_NAME_LENGTH))
    note: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(PERSON_LENGTH))
    changed_at: Mapped[datetime] = mapped_column(Moment)
