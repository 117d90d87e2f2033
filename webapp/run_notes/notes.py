"""Read and write display names and notes of runs; how long they may be is enforced here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from webapp.run_notes.tables import DISPLAY_NAME_LENGTH, NOTE_LENGTH, RUN_LENGTH, RunNote
from webapp.storage.database import Database, lock_table
from webapp.storage.tables import now

_LINE_END = re.compile(r"\r\n?")


class NoteTooLongError(ValueError):
    """A field has more characters than it may have.

    Attributes:
        field: ``display_name`` or ``note``.
        longest: characters that it may have.
    """

    def __init__(self, field: str, longest: int) -> None:
        super().__init__(f"{field} has more than {longest} characters")
        self.field = field
        self.longest = longest


@dataclass(frozen=True)
class Description:
    """What people call a run and say about it; empty texts where nobody has."""

    display_name: str = ""
    note: str = ""


def read_descriptions(database: Database) -> Mapping[str, Description]:
    """The descriptions of all runs that have one, by the run's own name."""
    query = select(RunNote.run, RunNote.display_name, RunNote.note)
    with database.reading() as session:
        return {run: Description(name, note) for run, name, note in session.execute(query)}


def describe(database: Database, run: str, given: Description, by: str) -> Description:
    """Keep what a run is called and what is said about it; two empty texts remove both.

    Args:
        database: where it is kept.
        run: the run's own name, at most RUN_LENGTH characters.
        given: as somebody wrote it.
        by: the name of that person.

    Returns:
        the texts as they are kept: control characters are left out, a name is one line.

    Raises:
        NoteTooLongError: the name or the note is too long.
    """
    kept = Description(_one_line(given.display_name), _lines(given.note))
    _require_length("display_name", kept.display_name, DISPLAY_NAME_LENGTH)
    _require_length("note", kept.note, NOTE_LENGTH)
    if not (kept.display_name or kept.note):
        forget(database, run)
        return kept
    with database.session() as session:
        lock_table(session, RunNote)  # two who name a run at once must not insert it twice
        row = session.get(RunNote, run) or RunNote(run=run)
        row.display_name, row.note = kept.display_name, kept.note
        row.changed_by, row.changed_at = by, now()
        session.add(row)
    return kept


def forget(database: Database, run: str) -> None:
    """Remove a run's display name and note, if it has any."""
    with database.session() as session:
        session.execute(delete(RunNote).where(RunNote.run == run[:RUN_LENGTH]))


def _one_line(text: str) -> str:
    return " ".join(_lines(text).split())


def _lines(text: str) -> str:
    """Leave control characters out, which not every database takes; compose accents."""
    composed = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
    return "".join(one for one in composed if one in "\n\t" or _is_written(one)).strip()


def _is_written(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs")


def _require_length(field: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise NoteTooLongError(field, longest)
