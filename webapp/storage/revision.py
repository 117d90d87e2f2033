"""Whether a database has the tables of this code; Alembic is loaded only where it has not.

Nearly every start finds a database as it should be, and loading Alembic is a tenth of a start.
"""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Engine, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"

logging.getLogger("alembic").setLevel(logging.WARNING)  # it announces itself when it is loaded


class MigrationError(Exception):
    """The tables cannot be brought to what the code needs; the message says why."""


def bring_up_to_date(engine: Engine) -> None:
    """Make and change tables where that is needed, once, however many processes want to.

    Raises:
        MigrationError: the database knows a revision that this code does not: it is newer.
    """
    if not is_up_to_date(engine):
        from webapp.storage.migration import upgrade

        upgrade(engine)


def is_up_to_date(engine: Engine) -> bool:
    """Whether the last migration that this code has is the last that the database had."""
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        return False  # asking would make it, for everybody to read
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        revisions = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    return revisions == [last_revision()]


def last_revision() -> str:
    """The newest of the migrations that this code has."""
    return max(known_revisions())


def known_revisions() -> frozenset[str]:
    """The numbers that the names of this code's migrations begin with."""
    names = (path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    return frozenset(name.partition("_")[0] for name in names)
